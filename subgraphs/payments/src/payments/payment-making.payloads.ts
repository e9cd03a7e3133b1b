import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PackageType } from '../packages/package.types.js';
import { PaymentError } from './payment.errors.js';
import { PaymentType } from './payment.types.js';

const KEY = { nullable: true, description: 'Any text of yours: repeated with it within 24 hours, it is done once.' };
const SUCCESS_URL = "Where Stripe's page leads back to when it is paid; `{CHECKOUT_SESSION_ID}` is filled in.";
const CANCEL_URL = "Where Stripe's page leads back to when it is not.";
const CARD = 'A saved card, of `myCards`; your default card without it, if there is one.';
const SAVE_CARD = 'Keep the card for later payments.';

@InputType({ description: 'A booking to pay for, on a page of Stripe.' })
export class CreateCheckoutInput {
  @Field(() => ID, { description: 'A booking of yours that is PENDING_PAYMENT.' })
  declare bookingId: string;

  @Field(() => String, { description: SUCCESS_URL })
  declare successUrl: string;

  @Field(() => String, { description: CANCEL_URL })
  declare cancelUrl: string;

  @Field(() => Boolean, { nullable: true, description: SAVE_CARD })
  declare saveCard?: boolean | null;

  @Field(() => String, KEY)
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'A booking to pay for, in a form of your own.' })
export class CreatePaymentIntentInput {
  @Field(() => ID, { description: 'A booking of yours that is PENDING_PAYMENT.' })
  declare bookingId: string;

  @Field(() => ID, { nullable: true, description: CARD })
  declare cardId?: string | null;

  @Field(() => Boolean, { nullable: true, description: SAVE_CARD })
  declare saveCard?: boolean | null;

  @Field(() => String, KEY)
  declare idempotencyKey?: string | null;
}

@InputType({
  description: 'A package to buy: on a page of Stripe when both addresses are given, in your own form otherwise.',
})
export class BuyPackageInput {
  @Field(() => ID, { description: 'Whose lessons.' })
  declare tutorId: string;

  @Field(() => ID, { description: 'In which subject.' })
  declare subjectId: string;

  @Field(() => Int, { description: 'How many lessons, as one of `packageOffers` has.' })
  declare lessons: number;

  @Field(() => Int, { description: 'How many minutes each lesson takes.' })
  declare durationMinutes: number;

  @Field(() => String, { nullable: true, description: SUCCESS_URL })
  declare successUrl?: string | null;

  @Field(() => String, { nullable: true, description: CANCEL_URL })
  declare cancelUrl?: string | null;

  @Field(() => ID, { nullable: true, description: CARD })
  declare cardId?: string | null;

  @Field(() => Boolean, { nullable: true, description: SAVE_CARD })
  declare saveCard?: boolean | null;

  @Field(() => String, KEY)
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'A payment to look at.' })
export class ConfirmPaymentInput {
  @Field(() => ID, { description: 'A payment of yours.' })
  declare paymentId: string;
}

@InputType({ description: 'A payment to end.' })
export class CancelPaymentInput {
  @Field(() => ID, { description: 'A payment of yours that is PENDING.' })
  declare paymentId: string;
}

@InputType({
  description: 'Which course to pay for, and how: on a page of Stripe with both addresses, in your own form without.',
})
export class PayForCourseInput {
  @Field(() => ID, { description: 'A course with the policy PAID.' })
  declare courseId: string;

  @Field(() => ID, { nullable: true, description: 'A cohort of the course that has a place left; none without it.' })
  declare cohortId?: string | null;

  @Field(() => String, { nullable: true, description: "Where Stripe's page leads back to once it is paid." })
  declare successUrl?: string | null;

  @Field(() => String, { nullable: true, description: "Where Stripe's page leads back to otherwise." })
  declare cancelUrl?: string | null;

  @Field(() => ID, { nullable: true, description: 'A saved card of yours, for your own form.' })
  declare cardId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'With true the card is kept for the next time.' })
  declare saveCard?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of your own, the same when you try again: then one payment is begun. Kept for 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

const PAYMENT = { nullable: true, description: 'The payment; null when it was refused.' };
const CLIENT_SECRET = {
  nullable: true,
  description: "With it Stripe's SDK takes the payment in your form; null when there is nothing to pay there.",
};

@ObjectType({ simpleResolvers: true, description: 'A payment that can be made on a page of Stripe.' })
export class CreateCheckoutPayload {
  @Field(() => PaymentType, {
    ...PAYMENT,
    description: 'The payment; go to its `checkoutUrl`. Null when it was refused.',
  })
  declare payment?: PaymentType | null;

  @Field(() => [PaymentError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_PAYABLE, BOOKING_EXPIRED, ALREADY_PAID, PROCESSING, CURRENCY_NOT_SUPPORTED, PAYMENT_REFUSED, INVALID_RETURN_URL, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: PaymentError[];
}

@ObjectType({ simpleResolvers: true, description: 'A payment that can be made in a form of your own.' })
export class CreatePaymentIntentPayload {
  @Field(() => PaymentType, PAYMENT)
  declare payment?: PaymentType | null;

  @Field(() => String, CLIENT_SECRET)
  declare clientSecret?: string | null;

  @Field(() => [PaymentError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_PAYABLE, BOOKING_EXPIRED, ALREADY_PAID, PROCESSING, CURRENCY_NOT_SUPPORTED, PAYMENT_REFUSED, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: PaymentError[];
}

@ObjectType({ simpleResolvers: true, description: 'A package that can be paid.' })
export class BuyPackagePayload {
  @Field(() => PackageType, { nullable: true, description: 'The package; null when it was refused.' })
  declare package?: PackageType | null;

  @Field(() => PaymentType, PAYMENT)
  declare payment?: PaymentType | null;

  @Field(() => String, CLIENT_SECRET)
  declare clientSecret?: string | null;

  @Field(() => [PaymentError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND for a card, NOT_OFFERED, CURRENCY_NOT_SUPPORTED, PAYMENT_REFUSED, INVALID_RETURN_URL, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: PaymentError[];
}

@ObjectType({ simpleResolvers: true, description: 'A payment as Stripe says that it stands.' })
export class ConfirmPaymentPayload {
  @Field(() => PaymentType, PAYMENT)
  declare payment?: PaymentType | null;

  @Field(() => [PaymentError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: PaymentError[];
}

@ObjectType({ simpleResolvers: true, description: 'A payment that cannot be made any more.' })
export class CancelPaymentPayload {
  @Field(() => PaymentType, PAYMENT)
  declare payment?: PaymentType | null;

  @Field(() => [PaymentError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, ALREADY_PAID, PROCESSING.' })
  declare userErrors: PaymentError[];
}

@ObjectType({ simpleResolvers: true, description: 'A payment by which a course is bought.' })
export class PayForCoursePayload {
  @Field(() => PaymentType, PAYMENT)
  declare payment?: PaymentType | null;

  @Field(() => String, CLIENT_SECRET)
  declare clientSecret?: string | null;

  @Field(() => [PaymentError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_OFFERED, ALREADY_PAID, PROCESSING, CURRENCY_NOT_SUPPORTED, PAYMENT_REFUSED, INVALID_RETURN_URL, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: PaymentError[];
}
