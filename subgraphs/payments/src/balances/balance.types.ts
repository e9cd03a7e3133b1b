import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Money } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { type EarningStatus, earningStatuses } from './earning.rules.js';

@ObjectType('TutorBalance', { simpleResolvers: true, description: 'What a tutor has in one currency.' })
export class BalanceType {
  @Field(() => String, { description: 'ISO 4217 code of the currency.' })
  declare currency: string;

  @Field(() => Money, { description: 'Shares of paid lessons that are not due yet.' })
  declare pending: Money;

  @Field(() => Money, { description: 'Shares that are due: at Stripe already, or on their way there.' })
  declare available: Money;

  @Field(() => Money, { description: 'Shares of payments that cardholders dispute; nothing of them moves.' })
  declare frozen: Money;

  @Field(() => Money, {
    description: 'What went back to students though it was paid out already; the next shares pay it.',
  })
  declare owed: Money;

  @Field(() => Money, { description: 'What can be withdrawn now; see `requestWithdrawal`.' })
  declare withdrawable: Money;
}

const EarningStatusEnum = enumOf(earningStatuses);
registerEnumType(EarningStatusEnum, {
  name: 'EarningStatus',
  description: "What becomes of a tutor's share.",
  valuesConfig: {
    PENDING: { description: 'It is not due yet: the lesson, or the time that students have to complain, is not over.' },
    RELEASED: { description: 'It is due: transferred, or on its way.' },
    FROZEN: { description: 'A cardholder disputes the payment.' },
    RETURNED: { description: 'All of it went back to the student.' },
  },
});

@ObjectType('Earning', { simpleResolvers: true, description: "A tutor's share of what a student paid for one lesson." })
export class EarningType {
  @Field(() => ID, { description: 'Identity of the share: that of its payment.' })
  declare id: string;

  @Field(() => EarningStatusEnum, { description: 'What becomes of it.' })
  declare status: EarningStatus;

  @Field(() => Money, { description: 'The share, without what went back to the student.' })
  declare amount: Money;

  @Field(() => Money, { description: 'Of the share, what went back to the student.' })
  declare returned: Money;

  @Field(() => Money, { description: 'Of the share, what went to the payout account, or is on its way.' })
  declare transferred: Money;

  @Field(() => DateTime, { description: 'When the student paid.' })
  declare paidAt: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is to be due; null before the lesson is over, and once it is.',
  })
  declare dueAt: Date | null;
}

export const EarningConnection = connectionOf(EarningType, 'Earning');
