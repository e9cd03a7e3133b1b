import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { PaymentType } from '../payments/payment.types.js';
import { RefundType } from './refund.types.js';

/** Every expected failure of a refund by staff. */
export const refundErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'NOT_YOURSELF',
  'NOT_PAID',
  'PAYMENT_DISPUTED',
  'OTHER_CURRENCY',
  'NOTHING_LEFT',
  'MORE_THAN_LEFT',
  'NO_WHOLE_LESSONS',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
/** @see refundErrorCodes */
export type RefundErrorCode = (typeof refundErrorCodes)[number];

const RefundErrorCodes = enumOf(refundErrorCodes);
registerEnumType(RefundErrorCodes, {
  name: 'RefundErrorCode',
  description: 'Expected failures of refunds.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such payment.' },
    NOT_YOURSELF: { description: 'Somebody else has to do this: the payment is yours.' },
    NOT_PAID: { description: 'No money has arrived.' },
    PAYMENT_DISPUTED: { description: 'The cardholder disputes it: the bank decides where the money goes.' },
    OTHER_CURRENCY: { description: 'The payment is in another currency.' },
    NOTHING_LEFT: { description: 'All has gone back already, or of a package all lessons were taken or lost.' },
    MORE_THAN_LEFT: { description: 'Less than that is left; see `message`.' },
    NO_WHOLE_LESSONS: {
      description: 'Of a package only whole lessons are paid back; see `message` for the price of one.',
    },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used for another request.' },
  },
});

@ObjectType({ simpleResolvers: true, implements: UserError, description: 'Why money was not refunded.' })
export class RefundError extends UserError {
  @Field(() => RefundErrorCodes, { description: 'What went wrong, for programs.' })
  declare code: RefundErrorCode;
}

@InputType({ description: 'Money to give back.' })
export class RefundPaymentInput {
  @Field(() => ID, { description: 'Which payment.' })
  declare paymentId: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'How much; all that is left by default. Of a package the price of whole lessons that were not taken.',
  })
  declare amount?: MoneyInput | null;

  @Field(() => String, { description: 'Why, for the audit log and other staff, up to 500 characters.' })
  declare reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of your own, the same when you try again: then it is done once. Kept for 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The payment after the decision.' })
export class RefundPaymentPayload {
  @Field(() => PaymentType, { nullable: true, description: 'The payment as it stands now; null when it was refused.' })
  declare payment?: PaymentType | null;

  @Field(() => RefundType, {
    nullable: true,
    description:
      'The refund; null when it was refused, or when the lesson went back to the package that it was paid from.',
  })
  declare refund?: RefundType | null;

  @Field(() => [RefundError], { description: 'Why it was refused.' })
  declare userErrors: RefundError[];
}
