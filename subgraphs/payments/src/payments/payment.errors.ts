import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure around payments. */
export const paymentErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'NOT_PAYABLE',
  'BOOKING_EXPIRED',
  'ALREADY_PAID',
  'PROCESSING',
  'NOT_OFFERED',
  'CURRENCY_NOT_SUPPORTED',
  'PAYMENT_REFUSED',
  'INVALID_RETURN_URL',
  'IDEMPOTENCY_KEY_REUSED',
] as const;
/** @see paymentErrorCodes */
export type PaymentErrorCode = (typeof paymentErrorCodes)[number];
const PaymentErrorCodes = enumOf(paymentErrorCodes);
registerEnumType(PaymentErrorCodes, {
  name: 'PaymentErrorCode',
  description: 'Expected failures around payments.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such booking, payment or card of yours.' },
    NOT_PAYABLE: { description: 'The booking does not wait for a payment: it was called off, or has no time yet.' },
    BOOKING_EXPIRED: { description: 'The time to pay is over: book the lesson anew.' },
    ALREADY_PAID: { description: 'It is paid.' },
    PROCESSING: { description: 'A bank is at work on a payment for it: wait for what comes of that.' },
    NOT_OFFERED: { description: 'The tutor offers no such package now.' },
    CURRENCY_NOT_SUPPORTED: { description: 'Payments in this currency are not possible.' },
    PAYMENT_REFUSED: { description: 'Stripe does not take such a payment, for instance because it is too small.' },
    INVALID_RETURN_URL: { description: 'An address to return to is of no page of ours.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'This key was used for something else; take a new one.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a payment.' })
export class PaymentError extends UserError {
  @Field(() => PaymentErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: PaymentErrorCode;
}
