import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Money, MoneyInput } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

@ObjectType('StudentRate', {
  simpleResolvers: true,
  description:
    'What an hour costs one student of one tutor in one subject: agreed with the first booking, raised only when the student consents. Seen by the two of them.',
})
export class RateType {
  @Field(() => ID, { description: 'Identity of what was agreed.' })
  declare id: string;

  @Field(() => DateTime, { nullable: true, description: 'When the tutor proposed `proposedRate`; null without it.' })
  declare proposedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was agreed first.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When the rate or the proposal changed last.' })
  declare updatedAt: Date;
}

export const RateConnection = connectionOf(RateType, 'StudentRate');

@ObjectType({
  simpleResolvers: true,
  description: 'Several lessons that can be bought at once; payments sells them.',
})
export class PackageOffer {
  @Field(() => Int, { description: 'How many lessons.' })
  declare lessons: number;

  @Field(() => Int, { description: 'How many minutes each of them takes.' })
  declare durationMinutes: number;

  @Field(() => Int, { description: 'How many percent are taken off.' })
  declare discountPercent: number;

  @Field(() => Int, { description: 'Days after which lessons are lost that were not taken.' })
  declare validDays: number;

  declare currency: string;
  declare fullMinor: number;
  declare priceMinor: number;
}

@Directive('@inaccessible')
@ObjectType({
  simpleResolvers: true,
  description: 'Under what payments sells one package of lessons to one student; for our services only.',
})
export class PackageTerms {
  @Field(() => Money, { description: 'What it costs.' })
  declare amount: Money;

  @Field(() => Int, { description: 'How many lessons it has.' })
  declare lessons: number;

  @Field(() => Int, { description: 'How many minutes each of them takes.' })
  declare durationMinutes: number;

  @Field(() => Int, { description: 'Days after which lessons are lost that were not taken.' })
  declare validDays: number;

  @Field(() => Int, { description: "The platform's share of it in percent." })
  declare commissionPercent: number;

  @Field(() => ID, { description: 'The policy that says so.' })
  declare policyId: string;
}

/** Every expected failure around agreed rates. */
const rateErrorCodes = ['INVALID_INPUT', 'NOT_FOUND', 'NO_PROPOSAL', 'PROPOSAL_CHANGED'] as const;
/** @see rateErrorCodes */
export type RateErrorCode = (typeof rateErrorCodes)[number];
const RateErrorCodes = enumOf(rateErrorCodes);
registerEnumType(RateErrorCodes, {
  name: 'StudentRateErrorCode',
  description: 'Expected failures around agreed rates.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'You have agreed upon no such rate.' },
    NO_PROPOSAL: { description: 'Nothing is proposed: it was answered or taken back.' },
    PROPOSAL_CHANGED: { description: 'The tutor has proposed something else meanwhile: read it and answer anew.' },
  },
});

@ObjectType('StudentRateError', {
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around agreed rates.',
})
export class RateError extends UserError {
  @Field(() => RateErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: RateErrorCode;
}

@InputType({ description: 'What you say of a rate that your tutor proposes.' })
export class AnswerRateProposalInput {
  @Field(() => ID, { description: 'Which of your rates.' })
  declare rateId: string;

  @Field(() => MoneyInput, {
    description: 'The `proposedRate` that you have read: if it is another one by now, nothing happens.',
  })
  declare proposedRate: MoneyInput;

  @Field(() => Boolean, {
    description: 'True: it holds for what you book from now on. False: everything stays as it is.',
  })
  declare accept: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What holds after your answer.' })
export class AnswerRateProposalPayload {
  @Field(() => RateType, { nullable: true, description: 'The rate; null when the answer was refused.' })
  declare rate?: RateType | null;

  @Field(() => [RateError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NO_PROPOSAL, PROPOSAL_CHANGED.',
  })
  declare userErrors: RateError[];
}
