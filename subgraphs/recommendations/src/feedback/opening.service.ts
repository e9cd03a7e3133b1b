import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { RecommendationErrorCode } from '../errors.js';
import type { Feedback } from './feedback.js';
import type { RecordOpeningInput } from './opening.types.js';
import { openOrder } from './order-impression.repository.js';
import { insertOpening } from './outcome.repository.js';

/** Who opens whose profile, and which order. */
export class OpeningService {
  constructor(private readonly feedback: Feedback) {}

  /**
   * Notes that the viewer opens a profile, or an order, out of a list that was shown to them; again is the same.
   *
   * @throws Refusal INVALID_INPUT unless it is one of both; NOT_FOUND when it was not shown to them there in the last 30 days
   */
  async record(context: RequestContext, { requestId, tutorId, orderId }: RecordOpeningInput): Promise<true> {
    const opened = tutorId ?? orderId;
    if (!opened || (tutorId && orderId)) throw new Refusal<RecommendationErrorCode>('INVALID_INPUT', ['input']);
    if (isId(requestId) && isId(opened)) {
      const opening = { requestId, viewerId: context.user.userId, at: new Date() };
      const note = () =>
        tutorId
          ? insertOpening(context.em, { ...opening, tutorId })
          : openOrder(context.em, { ...opening, orderId: opened });
      if (await note()) return true;
      // The list may not be stored yet: it was shown a moment ago, perhaps by another process.
      await this.feedback.settled();
      if (await note()) return true;
    }
    throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'requestId']);
  }
}
