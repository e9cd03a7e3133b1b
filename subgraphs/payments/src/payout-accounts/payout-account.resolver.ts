import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { PayoutError } from '../payouts/payout-errors.js';
import type { PayoutAccount } from './payout-account.entity.js';
import type { PayoutAccountService } from './payout-account.service.js';
import {
  CreatePayoutAccountInput,
  CreatePayoutAccountPayload,
  PayoutAccountType,
  PayoutDashboardLinkPayload,
  PayoutOnboardingLinkInput,
  PayoutOnboardingLinkPayload,
} from './payout-account.types.js';

// Each use asks Stripe.
const LIMITS = { viewer: { points: 60, seconds: 60 * 10 } };

/** Where tutors are paid, in the graph. */
@Resolver(() => PayoutAccountType)
export class PayoutAccountResolver {
  constructor(private readonly accounts: PayoutAccountService) {}

  @Requires('payments.earnings.own')
  @Query(() => PayoutAccountType, { nullable: true, description: 'Your payout account; null when you have none yet.' })
  myPayoutAccount(@Ctx() context: RequestContext): Promise<PayoutAccount | null> {
    return this.accounts.own(context);
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => CreatePayoutAccountPayload, {
    nullable: true,
    description:
      'Opens your payout account; then send the tutor to `payoutOnboardingLink`. May be repeated: there is one a tutor.',
  })
  createPayoutAccount(
    @Arg('input', () => CreatePayoutAccountInput, { description: 'Where you are paid.' })
    input: CreatePayoutAccountInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, async () => ({ account: await this.accounts.create(context, input) }));
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => PayoutOnboardingLinkPayload, {
    nullable: true,
    description: 'Makes a link to the page where Stripe asks the tutor for all that it still wants to know.',
  })
  payoutOnboardingLink(
    @Arg('input', () => PayoutOnboardingLinkInput, { description: 'Where the page leads back to.' })
    input: PayoutOnboardingLinkInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PayoutError, () => this.accounts.onboardingLink(context, input));
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => PayoutDashboardLinkPayload, {
    nullable: true,
    description: "Makes a link to the tutor's own dashboard at Stripe, where the bank account can be changed.",
  })
  payoutDashboardLink(@Ctx() context: RequestContext) {
    return answer(context, PayoutError, () => this.accounts.dashboardLink(context));
  }
}
