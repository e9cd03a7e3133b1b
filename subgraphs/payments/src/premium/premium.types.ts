import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Money } from '@tutorgraph/kit/graphql/money';
import { DateTime, Url } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type PremiumStatus, premiumStatuses } from './premium.rules.js';

const PremiumStatusEnum = enumOf(premiumStatuses);
registerEnumType(PremiumStatusEnum, {
  name: 'PremiumStatus',
  description: 'Where a premium membership stands.',
  valuesConfig: {
    INCOMPLETE: { description: 'It waits for its first payment; see `checkoutUrl`.' },
    ACTIVE: { description: 'It is paid.' },
    PAST_DUE: { description: 'It was not paid, and goes on until `graceUntil`.' },
    ENDED: { description: 'It is over.' },
  },
});

@ObjectType('PremiumOffer', { simpleResolvers: true, description: 'What premium costs tutors.' })
export class PremiumOfferType {
  @Field(() => Money, { description: 'The price of each period.' })
  declare price: Money;

  @Field(() => Int, { description: 'Days of one period.' })
  declare days: number;
}

@ObjectType('PremiumMembership', { simpleResolvers: true, description: 'A tutor who pays for more.' })
export class PremiumMembershipType {
  @Field(() => ID, { description: 'Identity of the membership.' })
  declare id: string;

  @Field(() => PremiumStatusEnum, { description: 'Where it stands.' })
  declare status: PremiumStatus;

  @Field(() => Url, {
    nullable: true,
    description: 'The page to pay it on the first time; null once it is paid or over.',
  })
  declare checkoutUrl: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it is paid; null before it is.' })
  declare premiumUntil: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it goes on unpaid; null while it is paid.' })
  declare graceUntil: Date | null;

  @Field(() => Boolean, { description: 'Does it end with what is paid?' })
  declare cancelAtPeriodEnd: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it has not.' })
  declare endedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was begun.' })
  declare createdAt: Date;
}

/** Every expected failure around premium. */
const premiumErrorCodes = [
  'TUTOR_PROFILE_REQUIRED',
  'INVALID_RETURN_URL',
  'ALREADY_PREMIUM',
  'NOT_PREMIUM',
  'PREMIUM_REFUSED',
] as const;
/** @see premiumErrorCodes */
export type PremiumErrorCode = (typeof premiumErrorCodes)[number];
const PremiumErrorCodes = enumOf(premiumErrorCodes);
registerEnumType(PremiumErrorCodes, {
  name: 'PremiumErrorCode',
  description: 'Expected failures around premium.',
  valuesConfig: {
    TUTOR_PROFILE_REQUIRED: { description: 'Only tutors can be premium: create a profile first.' },
    INVALID_RETURN_URL: { description: 'The address is of no page of ours.' },
    ALREADY_PREMIUM: { description: 'You are premium; see `resumePremium` if it is to end.' },
    NOT_PREMIUM: { description: 'You are not premium; see `activatePremium`.' },
    PREMIUM_REFUSED: { description: 'Stripe refuses to sell it; try again later.' },
  },
});

@ObjectType('PremiumError', {
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around premium.',
})
export class PremiumError extends UserError {
  @Field(() => PremiumErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: PremiumErrorCode;
}

@InputType({ description: "Where Stripe's page leads back to; pages of ours." })
export class ActivatePremiumInput {
  @Field(() => String, { description: 'When it is paid; ask `myPremiumMembership` there.' })
  declare successUrl: string;

  @Field(() => String, { description: 'When the tutor turns back.' })
  declare cancelUrl: string;
}

@ObjectType({ simpleResolvers: true, description: 'The membership.' })
export class PremiumPayload {
  @Field(() => PremiumMembershipType, { nullable: true, description: 'As it stands now; null when it was refused.' })
  declare membership?: PremiumMembershipType | null;

  @Field(() => [PremiumError], {
    description:
      'What went wrong: TUTOR_PROFILE_REQUIRED, INVALID_RETURN_URL, ALREADY_PREMIUM, NOT_PREMIUM, PREMIUM_REFUSED.',
  })
  declare userErrors: PremiumError[];
}
