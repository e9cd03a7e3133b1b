import { Public, Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Money } from '@tutorgraph/kit/graphql/money';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { TutorReference } from '../people/entities.types.js';
import type { PremiumService } from './premium.service.js';
import {
  ActivatePremiumInput,
  PremiumError,
  PremiumMembershipType,
  PremiumOfferType,
  PremiumPayload,
} from './premium.types.js';
import type { PremiumMembership } from './premium-membership.entity.js';

// Each use asks Stripe.
const LIMITS = { viewer: { points: 60, seconds: 60 * 10 } };

/** Premium in the graph. */
@Resolver(() => PremiumMembershipType)
export class PremiumResolver {
  constructor(private readonly premium: PremiumService) {}

  @FieldResolver(() => Money, { description: 'What each period costs.' })
  price(@Root() { priceMinor: amountMinor, currency }: PremiumMembership): Money {
    return { amountMinor, currency };
  }

  @FieldResolver(() => TutorReference, { description: 'Whose it is.' })
  tutor(@Root() { tutorId }: PremiumMembership): TutorReference {
    return { id: tutorId };
  }

  @Public()
  @Query(() => PremiumOfferType, { nullable: true, description: 'What premium costs tutors now.' })
  premiumOffer(): PremiumOfferType {
    return this.premium.offer();
  }

  @Requires('payments.earnings.own')
  @Query(() => PremiumMembershipType, {
    nullable: true,
    description: 'Your premium membership, or the last one that has ended; null when you never had one.',
  })
  myPremiumMembership(@Ctx() context: RequestContext): Promise<PremiumMembership | null> {
    return this.premium.own(context);
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => PremiumPayload, {
    nullable: true,
    description:
      'Opens the page where you pay for premium; it is renewed by itself then. May be repeated until it is paid.',
  })
  activatePremium(
    @Arg('input', () => ActivatePremiumInput, { description: 'Where the page leads back to.' })
    input: ActivatePremiumInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, PremiumError, async () => ({ membership: await this.premium.activate(context, input) }));
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => PremiumPayload, {
    nullable: true,
    description: 'Lets your premium membership end with what is paid; `resumePremium` takes that back until then.',
  })
  cancelPremium(@Ctx() context: RequestContext) {
    return answer(context, PremiumError, async () => ({ membership: await this.premium.change(context, true) }));
  }

  @Requires('payments.earnings.own')
  @Limited(LIMITS)
  @Mutation(() => PremiumPayload, {
    nullable: true,
    description: 'Lets your premium membership go on that was to end.',
  })
  resumePremium(@Ctx() context: RequestContext) {
    return answer(context, PremiumError, async () => ({ membership: await this.premium.change(context, false) }));
  }
}
