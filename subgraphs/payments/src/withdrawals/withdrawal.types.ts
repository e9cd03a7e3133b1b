import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { PayoutError } from '../payouts/payout-errors.js';
import { type WithdrawalStatus, withdrawalStatuses } from './withdrawal.rules.js';

const WithdrawalStatusEnum = enumOf(withdrawalStatuses);
registerEnumType(WithdrawalStatusEnum, {
  name: 'WithdrawalStatus',
  description: 'Where a withdrawal stands.',
  valuesConfig: {
    REQUESTED: { description: 'Staff has to decide, since it is a large one.' },
    APPROVED: { description: 'Stripe is being asked.' },
    PAYING: { description: 'It is on its way to the bank.' },
    PAID: { description: 'It is at the bank.' },
    FAILED: { description: 'Stripe or the bank did not take it; the money is available again.' },
    REJECTED: { description: 'Staff rejected it; see `rejectionReason`.' },
    CANCELLED: { description: 'The tutor took it back.' },
  },
});

@ObjectType('Withdrawal', { simpleResolvers: true, description: 'Money that a tutor moves from Stripe to the bank.' })
export class WithdrawalType {
  @Field(() => ID, { description: 'Identity of the withdrawal.' })
  declare id: string;

  @Field(() => WithdrawalStatusEnum, { description: 'Where it stands.' })
  declare status: WithdrawalStatus;

  @Field(() => String, { nullable: true, description: 'Why staff rejected it; null when it did not.' })
  declare rejectionReason: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Stripe's code of why it failed, such as account_closed; null when it did not.",
  })
  declare failureCode: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it should be at the bank; null before Stripe has said so.',
  })
  declare arrivesAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided; null before.' })
  declare decidedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was requested.' })
  declare createdAt: Date;
}

export const WithdrawalConnection = connectionOf(WithdrawalType, 'Withdrawal');

@InputType({ description: 'Which withdrawals; all that is given must hold.' })
export class WithdrawalFilter {
  @Field(() => [WithdrawalStatusEnum], { nullable: true, description: 'That stand so; all without it.' })
  declare statuses?: WithdrawalStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this tutor.' })
  declare tutorId?: string | null;
}

@InputType({ description: 'What to withdraw.' })
export class RequestWithdrawalInput {
  @Field(() => MoneyInput, { description: 'How much, at most what `myBalance` calls `withdrawable`.' })
  declare amount: MoneyInput;

  @Field(() => String, {
    nullable: true,
    description:
      'A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again.',
  })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'Which withdrawal you take back.' })
export class CancelWithdrawalInput {
  @Field(() => ID, { description: 'The withdrawal.' })
  declare withdrawalId: string;
}

@InputType({ description: 'Which withdrawal is to be paid out.' })
export class ApproveWithdrawalInput {
  @Field(() => ID, { description: 'The withdrawal.' })
  declare withdrawalId: string;
}

@InputType({ description: 'Which withdrawal is rejected, and why.' })
export class RejectWithdrawalInput {
  @Field(() => ID, { description: 'The withdrawal.' })
  declare withdrawalId: string;

  @Field(() => String, { description: 'Why, to the tutor; 1 to 500 characters.' })
  declare reason: string;
}

@ObjectType({ simpleResolvers: true, description: 'The withdrawal.' })
export class WithdrawalPayload {
  @Field(() => WithdrawalType, { nullable: true, description: 'As it stands now; null when it was refused.' })
  declare withdrawal?: WithdrawalType | null;

  @Field(() => [PayoutError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, PAYOUT_ACCOUNT_REQUIRED, PAYOUTS_DISABLED, INSUFFICIENT_BALANCE, BALANCE_NOT_SETTLED, WITHDRAWAL_DECIDED, NOT_YOURSELF, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: PayoutError[];
}
