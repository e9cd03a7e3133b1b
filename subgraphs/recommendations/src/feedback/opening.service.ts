import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { RecommendationErrorCode } from '../errors.js';
import type { Feedback } from './feedback.js';
import type { RecordOpeningInput } from './opening.types.js';
import { insertOpening } from './outcome.repository.js';

/** Who opens whose profile. */
export class OpeningService {
  constructor(private readonly feedback: Feedback) {}

  /**
   * Notes that the viewer opens a profile out of a list that was shown to them; again is the same.
   *
   * @throws Refusal NOT_FOUND when the tutor was not shown to them there in the last 30 days
   */
  async record(context: RequestContext, { requestId, tutorId }: RecordOpeningInput): Promise<true> {
    if (isId(requestId) && isId(tutorId)) {
      const opening = { requestId, tutorId, viewerId: context.user.userId, at: new Date() };
      if (await insertOpening(context.em, opening)) return true;
      // The list may not be stored yet: it was shown a moment ago, perhaps by another process.
      await this.feedback.settled();
      if (await insertOpening(context.em, opening)) return true;
    }
    throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'requestId']);
  }
}
