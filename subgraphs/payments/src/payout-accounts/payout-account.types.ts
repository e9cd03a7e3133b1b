import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { PayoutError } from '../payouts/payout-errors.js';

@ObjectType('PayoutAccount', {
  simpleResolvers: true,
  description: 'Where a tutor is paid: an account at Stripe, which asks for whatever the law wants to know.',
})
export class PayoutAccountType {
  @Field(() => String, { description: 'ISO 3166 code of the country where the tutor is paid, such as US.' })
  declare country: string;

  @Field(() => Boolean, { description: 'Has the tutor told Stripe all that it asked at first?' })
  declare detailsSubmitted: boolean;

  @Field(() => Boolean, { description: 'Can shares of lessons be transferred to it?' })
  declare transfersEnabled: boolean;

  @Field(() => Boolean, { description: 'Can money be withdrawn from it?' })
  declare payoutsEnabled: boolean;

  @Field(() => [String], {
    description:
      'What Stripe wants to know now, in its words, such as individual.id_number; see `payoutOnboardingLink`.',
  })
  declare requirementsDue: string[];

  @Field(() => String, {
    nullable: true,
    description: "Why something is disabled, as Stripe's code; null when nothing is.",
  })
  declare disabledReason: string | null;

  @Field(() => DateTime, { description: 'When it was opened.' })
  declare createdAt: Date;
}

@InputType({ description: 'A payout account.' })
export class CreatePayoutAccountInput {
  @Field(() => String, {
    nullable: true,
    description: "ISO 3166 code of the country where you are paid; the platform's own without it. It can never change.",
  })
  declare country?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your payout account.' })
export class CreatePayoutAccountPayload {
  @Field(() => PayoutAccountType, { nullable: true, description: 'The account; null when it was refused.' })
  declare account?: PayoutAccountType | null;

  @Field(() => [PayoutError], {
    description: 'What went wrong: INVALID_INPUT, TUTOR_PROFILE_REQUIRED, COUNTRY_NOT_SUPPORTED.',
  })
  declare userErrors: PayoutError[];
}

@InputType({ description: "Where Stripe's page leads back to; pages of ours." })
export class PayoutOnboardingLinkInput {
  @Field(() => String, { description: 'When all is filled in, or left for later; ask `myPayoutAccount` there.' })
  declare returnUrl: string;

  @Field(() => String, { description: 'When the link is not good any more: make another one there.' })
  declare refreshUrl: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of Stripe's." })
export class PayoutOnboardingLinkPayload {
  @Field(() => Url, {
    nullable: true,
    description: 'The page, good once and for some minutes; null when it was refused.',
  })
  declare url?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the link is good; null when it was refused.' })
  declare expiresAt?: Date | null;

  @Field(() => [PayoutError], { description: 'What went wrong: PAYOUT_ACCOUNT_REQUIRED, INVALID_RETURN_URL.' })
  declare userErrors: PayoutError[];
}

@ObjectType({ simpleResolvers: true, description: "Your dashboard at Stripe's." })
export class PayoutDashboardLinkPayload {
  @Field(() => Url, { nullable: true, description: 'The page, good once; null when it was refused.' })
  declare url?: string | null;

  @Field(() => [PayoutError], {
    description: 'What went wrong: PAYOUT_ACCOUNT_REQUIRED, PAYOUT_ACCOUNT_INCOMPLETE.',
  })
  declare userErrors: PayoutError[];
}
