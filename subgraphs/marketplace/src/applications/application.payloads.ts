import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { BookingType } from '../bookings/booking.types.js';
import { OrderType } from '../orders/order.types.js';
import { ApplicationType } from './application.types.js';

/** Every expected failure around applications. */
export const applicationErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'PROFILE_REQUIRED',
  'PROFILE_HIDDEN',
  'OWN_ORDER',
  'ORDER_NOT_OPEN',
  'ALREADY_APPLIED',
  'CURRENCY_MISMATCH',
  'NOT_YOUR_ORDER',
  'NOT_YOUR_APPLICATION',
  'APPLICATION_NOT_PENDING',
  'ALREADY_CHOSEN',
] as const;
/** @see applicationErrorCodes */
export type ApplicationErrorCode = (typeof applicationErrorCodes)[number];
const ApplicationErrorCodes = enumOf(applicationErrorCodes);
registerEnumType(ApplicationErrorCodes, {
  name: 'ApplicationErrorCode',
  description: 'Expected failures around applications.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such order or application that you may see.' },
    PROFILE_REQUIRED: { description: 'Create your tutor profile first.' },
    PROFILE_HIDDEN: { description: 'Your profile is hidden: show it before you apply.' },
    OWN_ORDER: { description: 'You posted this order yourself.' },
    ORDER_NOT_OPEN: { description: 'The order is closed.' },
    ALREADY_APPLIED: { description: 'You have applied to this order before; one may do so once.' },
    CURRENCY_MISMATCH: { description: "The rate must be in the currency of the order's budget." },
    NOT_YOUR_ORDER: { description: 'Only the student who posted the order may do this.' },
    NOT_YOUR_APPLICATION: { description: 'Only the tutor who sent it may do this.' },
    APPLICATION_NOT_PENDING: { description: 'The application was decided or withdrawn already.' },
    ALREADY_CHOSEN: { description: 'An application to this order was chosen already.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around an application.' })
export class ApplicationError extends UserError {
  @Field(() => ApplicationErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: ApplicationErrorCode;
}

@InputType({ description: 'Your answer to an order.' })
export class ApplyToOrderInput {
  @Field(() => ID, { description: 'Which order.' })
  declare orderId: string;

  @Field(() => String, { description: 'What you write to the student, 1 to 2,000 characters.' })
  declare message: string;

  @Field(() => MoneyInput, {
    description: "What you ask for an hour, in the currency of the order's budget if it has one.",
  })
  declare proposedRate: MoneyInput;
}

@InputType({ description: 'Which application to take back.' })
export class WithdrawApplicationInput {
  @Field(() => ID, { description: 'Which application of yours.' })
  declare applicationId: string;
}

@InputType({ description: 'Whom you choose.' })
export class ChooseApplicationInput {
  @Field(() => ID, { description: 'Which application to an order of yours.' })
  declare applicationId: string;
}

@InputType({ description: 'Whom you decline.' })
export class DeclineApplicationInput {
  @Field(() => ID, { description: 'Which application to an order of yours.' })
  declare applicationId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your new application.' })
export class ApplyToOrderPayload {
  @Field(() => ApplicationType, { nullable: true, description: 'The application; null when it was refused.' })
  declare application?: ApplicationType | null;

  @Field(() => [ApplicationError], {
    description:
      'What has to be corrected: INVALID_INPUT, NOT_FOUND, PROFILE_REQUIRED, PROFILE_HIDDEN, OWN_ORDER, ORDER_NOT_OPEN, CURRENCY_MISMATCH, ALREADY_APPLIED.',
  })
  declare userErrors: ApplicationError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your application, taken back.' })
export class WithdrawApplicationPayload {
  @Field(() => ApplicationType, { nullable: true, description: 'The application; null when it was not taken back.' })
  declare application?: ApplicationType | null;

  @Field(() => [ApplicationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_YOUR_APPLICATION, APPLICATION_NOT_PENDING.',
  })
  declare userErrors: ApplicationError[];
}

@ObjectType({ simpleResolvers: true, description: 'What your choice has brought about.' })
export class ChooseApplicationPayload {
  @Field(() => ApplicationType, { nullable: true, description: 'The application, chosen; null when it was not.' })
  declare application?: ApplicationType | null;

  @Field(() => OrderType, {
    nullable: true,
    description: 'Your order, matched and closed to others; null when it was not.',
  })
  declare order?: OrderType | null;

  @Field(() => BookingType, { nullable: true, description: 'The booking, without times yet; null when there is none.' })
  declare booking?: BookingType | null;

  @Field(() => [ApplicationError], {
    description:
      'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_YOUR_ORDER, ORDER_NOT_OPEN, APPLICATION_NOT_PENDING, ALREADY_CHOSEN.',
  })
  declare userErrors: ApplicationError[];
}

@ObjectType({ simpleResolvers: true, description: 'The application, declined.' })
export class DeclineApplicationPayload {
  @Field(() => ApplicationType, { nullable: true, description: 'The application; null when it was not declined.' })
  declare application?: ApplicationType | null;

  @Field(() => [ApplicationError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_YOUR_ORDER, APPLICATION_NOT_PENDING.',
  })
  declare userErrors: ApplicationError[];
}
