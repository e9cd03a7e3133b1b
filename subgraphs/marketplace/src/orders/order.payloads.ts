import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { LessonFormat, Level } from '../lessons/lesson.rules.js';
import { LessonFormatEnum, LevelEnum } from '../lessons/lesson.types.js';
import { OrderType } from './order.types.js';

/** Every expected failure around orders. */
export const orderErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'SUBJECT_ARCHIVED',
  'CITY_REQUIRED',
  'NOT_YOUR_ORDER',
  'ORDER_NOT_OPEN',
  'HAS_APPLICATIONS',
] as const;
/** @see orderErrorCodes */
export type OrderErrorCode = (typeof orderErrorCodes)[number];
const OrderErrorCodes = enumOf(orderErrorCodes);
registerEnumType(OrderErrorCodes, {
  name: 'OrderErrorCode',
  description: 'Expected failures around orders.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such order or subject that you may see.' },
    SUBJECT_ARCHIVED: { description: 'This subject is not offered any longer.' },
    CITY_REQUIRED: { description: 'Lessons in person need a city.' },
    NOT_YOUR_ORDER: { description: 'Only the student who posted it may do this.' },
    ORDER_NOT_OPEN: { description: 'The order is matched or closed already.' },
    HAS_APPLICATIONS: { description: 'Tutors have applied: close it instead.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around an order.' })
export class OrderError extends UserError {
  @Field(() => OrderErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: OrderErrorCode;
}

/** What an order may say besides what it must. */
@InputType()
abstract class OrderDetailsInput {
  @Field(() => String, { nullable: true, description: 'What a tutor should know, at most 5,000 characters.' })
  declare description?: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be reached, at most 2,000 characters.' })
  declare goal?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The city, at most 100 characters; needed for lessons in person.',
  })
  declare city?: string | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What you would pay for an hour; open when there is none.',
  })
  declare budget?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: 'When you have time, at most 500 characters.' })
  declare preferredTimes?: string | null;
}

@InputType({ description: 'What you look for. It is public: leave out names, addresses and telephone numbers.' })
export class PostOrderInput extends OrderDetailsInput {
  @Field(() => ID, { description: 'Which subject.' })
  declare subjectId: string;

  @Field(() => LevelEnum, { description: 'Whom the lessons are for.' })
  declare level: Level;

  @Field(() => String, { description: 'The order in one line, 3 to 150 characters.' })
  declare title: string;

  @Field(() => LessonFormatEnum, { description: 'Where lessons are to take place.' })
  declare format: LessonFormat;
}

@InputType({ description: 'What to change in an open order: what is left out stays, null clears what may be empty.' })
export class UpdateOrderInput extends OrderDetailsInput {
  @Field(() => ID, { description: 'Which order of yours.' })
  declare orderId: string;

  @Field(() => ID, { nullable: true, description: 'Which subject.' })
  declare subjectId?: string | null;

  @Field(() => LevelEnum, { nullable: true, description: 'Whom the lessons are for.' })
  declare level?: Level | null;

  @Field(() => String, { nullable: true, description: 'The order in one line, 3 to 150 characters.' })
  declare title?: string | null;

  @Field(() => LessonFormatEnum, { nullable: true, description: 'Where lessons are to take place.' })
  declare format?: LessonFormat | null;
}

@InputType({ description: 'Which order to close.' })
export class CloseOrderInput {
  @Field(() => ID, { description: 'Which order of yours.' })
  declare orderId: string;
}

@InputType({ description: 'Which order to delete.' })
export class DeleteOrderInput {
  @Field(() => ID, { description: 'Which order of yours.' })
  declare orderId: string;
}

@ObjectType({ simpleResolvers: true, description: 'Your new order.' })
export class PostOrderPayload {
  @Field(() => OrderType, { nullable: true, description: 'The order; null when it was refused.' })
  declare order?: OrderType | null;

  @Field(() => [OrderError], {
    description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, SUBJECT_ARCHIVED, CITY_REQUIRED.',
  })
  declare userErrors: OrderError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your order after the change.' })
export class UpdateOrderPayload {
  @Field(() => OrderType, { nullable: true, description: 'The order; null when the change was refused.' })
  declare order?: OrderType | null;

  @Field(() => [OrderError], {
    description:
      'What has to be corrected: INVALID_INPUT, NOT_FOUND, NOT_YOUR_ORDER, ORDER_NOT_OPEN, SUBJECT_ARCHIVED, CITY_REQUIRED.',
  })
  declare userErrors: OrderError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your order, closed.' })
export class CloseOrderPayload {
  @Field(() => OrderType, { nullable: true, description: 'The order; null when it was not closed.' })
  declare order?: OrderType | null;

  @Field(() => [OrderError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_YOUR_ORDER, ORDER_NOT_OPEN.',
  })
  declare userErrors: OrderError[];
}

@ObjectType({ simpleResolvers: true, description: 'What was deleted.' })
export class DeleteOrderPayload {
  @Field(() => ID, { nullable: true, description: 'Identity of the order that is gone; null when it is not.' })
  declare deletedOrderId?: string | null;

  @Field(() => [OrderError], {
    description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_YOUR_ORDER, HAS_APPLICATIONS.',
  })
  declare userErrors: OrderError[];
}
