import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import type { SuppressionService } from './suppression.service.js';
import { LiftSuppressionsInput, LiftSuppressionsPayload } from './suppression.types.js';

/** Addresses to which nothing is sent any more, for staff. */
@Resolver()
export class SuppressionResolver {
  constructor(private readonly suppressions: SuppressionService) {}

  @Requires('messaging.deliveries.read')
  @Mutation(() => LiftSuppressionsPayload, {
    nullable: true,
    description:
      "Has mails and text messages sent again to somebody's addresses, although they did not exist when they were last tried. For staff; audited.",
  })
  liftSuppressions(
    @Arg('input', () => LiftSuppressionsInput, { description: 'Whose addresses.' }) input: LiftSuppressionsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({
      lifted: await this.suppressions.lift(context, input.userId),
    }));
  }
}
