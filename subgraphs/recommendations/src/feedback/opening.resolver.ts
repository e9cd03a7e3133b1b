import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RecommendationError } from '../errors.js';
import type { OpeningService } from './opening.service.js';
import { RecordOpeningInput, RecordOpeningPayload } from './opening.types.js';

/** Opened profiles, in the graph. */
@Resolver()
export class OpeningResolver {
  constructor(private readonly service: OpeningService) {}

  @SignedIn({ unverified: true })
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Mutation(() => RecordOpeningPayload, {
    nullable: true,
    description:
      'Notes that you open the profile of a tutor, or an order to answer, out of a list that was recommended to you, within 30 days: later lists get better by it. Again is the same.',
  })
  recordOpening(
    @Arg('input', () => RecordOpeningInput, { description: 'Whose profile or which order, and which list.' })
    input: RecordOpeningInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, RecommendationError, async () => ({
      recorded: await this.service.record(context, input),
    }));
  }
}
