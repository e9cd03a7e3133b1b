import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CurrencyCode, DateTime, SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { LessonFormat, Level } from '../lessons/lesson.rules.js';
import { LessonFormatEnum, LevelEnum } from '../lessons/lesson.types.js';
import { type OrderStatus, orderStatuses } from './order.rules.js';

export const OrderStatusEnum = enumOf(orderStatuses);
registerEnumType(OrderStatusEnum, {
  name: 'OrderStatus',
  description: 'Where an order stands.',
  valuesConfig: {
    OPEN: { description: 'Tutors may apply.' },
    MATCHED: { description: 'A tutor was chosen; closed to others.' },
    CLOSED: { description: 'The student closed it without choosing.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Order', {
  simpleResolvers: true,
  description: 'What a student looks for; without personal data of theirs.',
})
export class OrderType {
  @Field(() => ID, { description: 'Identity of the order.' })
  declare id: string;

  @Field(() => LevelEnum, { description: 'Whom the lessons are for.' })
  declare level: Level;

  @Field(() => String, { description: 'The order in one line.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What the student tells of it.' })
  declare description: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be reached.' })
  declare goal: string | null;

  @Field(() => LessonFormatEnum, { description: 'Where lessons are to take place.' })
  declare format: LessonFormat;

  @Field(() => String, { nullable: true, description: 'The city, for lessons in person.' })
  declare city: string | null;

  @Field(() => String, { nullable: true, description: "When the student has time, in the student's own words." })
  declare preferredTimes: string | null;

  @Field(() => OrderStatusEnum, { description: 'Where it stands.' })
  declare status: OrderStatus;

  @Field(() => DateTime, { description: 'When it was posted.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  declare updatedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it stopped being open; null while it is.' })
  declare closedAt: Date | null;
}

export const OrderConnection = connectionOf(OrderType, 'Order');

@InputType({ description: 'Which orders to find; conditions add up.' })
export class OrderFilter {
  @Field(() => ID, { nullable: true, description: 'Only orders of this subject.' })
  declare subjectId?: string | null;

  @Field(() => LevelEnum, { nullable: true, description: 'Only orders at this level.' })
  declare level?: Level | null;

  @Field(() => LessonFormatEnum, { nullable: true, description: 'Only orders of this kind.' })
  declare format?: LessonFormat | null;

  @Field(() => String, { nullable: true, description: 'Only orders in this city; case does not matter.' })
  declare city?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of title, description or goal, each from its beginning; at most 100 characters. When no order holds them, typing errors in words that tutors use too, the other alphabet and the other layout of the keyboard are put right.',
  })
  declare text?: string | null;

  @Field(() => SafeIntAmount, {
    nullable: true,
    description: 'Only budgets from this amount an hour on, in minor units of `currency`, which must be given.',
  })
  declare budgetFrom?: number | null;

  @Field(() => SafeIntAmount, {
    nullable: true,
    description: 'Only budgets up to this amount an hour, in minor units of `currency`, which must be given.',
  })
  declare budgetTo?: number | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'Only orders with a budget in this currency.' })
  declare currency?: string | null;

  @Field(() => OrderStatusEnum, {
    nullable: true,
    description: 'Only orders that stand so; OPEN when not given. Others than open ones are for staff.',
  })
  declare status?: OrderStatus | null;
}

@InputType({ description: 'Which of your orders; all without it.' })
export class MyOrdersFilter {
  @Field(() => OrderStatusEnum, { nullable: true, description: 'Only orders that stand so.' })
  declare status?: OrderStatus | null;
}
