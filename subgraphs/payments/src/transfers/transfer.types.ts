import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { PayoutError } from '../payouts/payout-errors.js';
import { type TransferStatus, transferStatuses } from './transfer.rules.js';

const TransferStatusEnum = enumOf(transferStatuses);
registerEnumType(TransferStatusEnum, {
  name: 'TransferStatus',
  description: 'Where a transfer stands.',
  valuesConfig: {
    WAITING: { description: "The tutor's account cannot take it yet, or Stripe has refused it; it is tried again." },
    PENDING: { description: 'Stripe is being asked.' },
    SUCCEEDED: { description: "It is at the tutor's account at Stripe." },
    FAILED: { description: 'Stripe has refused it; see `failureCode`.' },
    CANCELLED: { description: 'The money went back to the student before it was made.' },
  },
});

@ObjectType('Transfer', {
  simpleResolvers: true,
  description: "Money that goes to a tutor's account at Stripe: a share, or what staff gives.",
})
export class TransferType {
  @Field(() => ID, { description: 'Identity of the transfer.' })
  declare id: string;

  @Field(() => TransferStatusEnum, { description: 'Where it stands.' })
  declare status: TransferStatus;

  @Field(() => String, { nullable: true, description: 'Why staff made it; null for a share.' })
  declare reason: string | null;

  @Field(() => String, { nullable: true, description: "Stripe's code of the last refusal; null without one." })
  declare failureCode: string | null;

  @Field(() => DateTime, { description: 'When it was decided.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When Stripe has made or refused it for good; null before.' })
  declare settledAt: Date | null;
}

export const TransferConnection = connectionOf(TransferType, 'Transfer');

@InputType({ description: 'Which transfers; all that is given must hold.' })
export class TransferFilter {
  @Field(() => ID, { nullable: true, description: 'To this tutor.' })
  declare tutorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of the share of this payment.' })
  declare paymentId?: string | null;

  @Field(() => TransferStatusEnum, { nullable: true, description: 'That stand so.' })
  declare status?: TransferStatus | null;
}

@InputType({ description: 'What a tutor shall get from the platform.' })
export class TransferToTutorInput {
  @Field(() => ID, { description: 'Who gets it.' })
  declare tutorId: string;

  @Field(() => MoneyInput, { description: 'How much.' })
  declare amount: MoneyInput;

  @Field(() => String, { description: 'Why, 1 to 500 characters; kept with the transfer.' })
  declare reason: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A key that you choose, 1 to 128 visible characters of ASCII: the same request with the same key within 24 hours is carried out once and gives the first result again.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The transfer.' })
export class TransferToTutorPayload {
  @Field(() => TransferType, { nullable: true, description: 'The transfer; null when it was refused.' })
  declare transfer?: TransferType | null;

  @Field(() => [PayoutError], {
    description:
      'What went wrong: INVALID_INPUT, PAYOUT_ACCOUNT_REQUIRED, PAYOUT_ACCOUNT_INCOMPLETE, TRANSFER_REFUSED, NOT_YOURSELF, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: PayoutError[];
}
