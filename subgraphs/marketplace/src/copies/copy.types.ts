import { CurrencyCode, DateTime, SafeIntAmount, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { ArgsType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { LessonFormat, Level } from '../lessons/lesson.rules.js';
import { LessonFormatEnum, LevelEnum } from '../lessons/lesson.types.js';
import type { OrderStatus } from '../orders/order.rules.js';
import { OrderStatusEnum } from '../orders/order.types.js';

const FOR_SERVICES = 'For our services only.';

/** Which things another room of ours wants to copy. */
@ArgsType()
export class CopyArguments {
  @Field(() => [ID], {
    nullable: true,
    description: 'Those with these ids, at most 500; the other arguments count not.',
  })
  declare ids?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Only those after this id, the last one of a page.' })
  declare after?: string | null;

  @Field(() => Int, { description: 'How many at most, 1 to 500.', defaultValue: 500 })
  declare first: number;
}

@Directive('@inaccessible')
@ObjectType('OfferingCopy', { simpleResolvers: true, description: `A subject that a tutor teaches. ${FOR_SERVICES}` })
export class OfferingCopy {
  @Field(() => ID, { description: 'What is taught.' })
  declare subjectId: string;

  @Field(() => [LevelEnum], { description: 'For whom.' })
  declare levels: Level[];

  @Field(() => SafeIntAmount, { description: "For an hour, in minor units of the tutor's currency." })
  declare rateMinor: number;
}

@Directive('@inaccessible')
@ObjectType('WindowCopy', { simpleResolvers: true, description: `A part of every such weekday. ${FOR_SERVICES}` })
export class WindowCopy {
  @Field(() => Int, { description: '1 is Monday, 7 is Sunday.' })
  declare weekday: number;

  @Field(() => Int, { description: 'When it begins, in minutes after midnight.' })
  declare startsAtMinute: number;

  @Field(() => Int, { description: 'When it ends, in minutes after midnight; 1440 is the next one.' })
  declare endsAtMinute: number;
}

@Directive('@inaccessible')
@ObjectType('ScheduleCopy', { simpleResolvers: true, description: `When a tutor teaches every week. ${FOR_SERVICES}` })
export class ScheduleCopy {
  @Field(() => TimeZone, { description: 'By whose clock the windows are.' })
  declare timeZone: string;

  @Field(() => [WindowCopy], { description: 'The windows of every week.' })
  declare windows: WindowCopy[];
}

@Directive('@inaccessible')
@ObjectType('TutorCopy', { simpleResolvers: true, description: `A tutor with all they offer. ${FOR_SERVICES}` })
export class TutorCopy {
  @Field(() => ID, { description: 'Identity of the profile.' })
  declare id: string;

  @Field(() => ID, { description: 'The account behind it.' })
  declare userId: string;

  @Field(() => Boolean, { description: 'True when the tutor does not want to be found.' })
  declare hidden: boolean;

  @Field(() => CurrencyCode, { description: 'In which all rates are.' })
  declare currency: string;

  @Field(() => String, { nullable: true, description: 'Where lessons in person are.' })
  declare city: string | null;

  @Field(() => [String], { description: 'In which lessons are given, ISO 639-1.' })
  declare languages: string[];

  @Field(() => [LessonFormatEnum], { description: 'How lessons are given.' })
  declare formats: LessonFormat[];

  @Field(() => Int, { description: 'Years of teaching.' })
  declare experienceYears: number;

  @Field(() => Boolean, { description: 'Has the tutor a premium membership?' })
  declare premium: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Until when something of the tutor is verified.' })
  declare verifiedUntil: Date | null;

  @Field(() => String, { description: 'The public headline.' })
  declare headline: string;

  @Field(() => String, { nullable: true, description: 'The public biography.' })
  declare biography: string | null;

  @Field(() => DateTime, { description: 'When the profile was made.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When profile, schedule or offerings last changed.' })
  declare changedAt: Date;

  @Field(() => [OfferingCopy], { description: 'What is taught.' })
  declare offerings: OfferingCopy[];

  @Field(() => ScheduleCopy, { nullable: true, description: 'When lessons can be; null while nothing was said.' })
  declare schedule: ScheduleCopy | null;
}

@Directive('@inaccessible')
@ObjectType('OrderCopy', { simpleResolvers: true, description: `What a student looks for. ${FOR_SERVICES}` })
export class OrderCopy {
  @Field(() => ID, { description: 'Identity of the order.' })
  declare id: string;

  @Field(() => ID, { description: "The student's account." })
  declare studentId: string;

  @Field(() => ID, { description: 'What is to be taught.' })
  declare subjectId: string;

  @Field(() => LevelEnum, { description: 'For whom.' })
  declare level: Level;

  @Field(() => LessonFormatEnum, { description: 'How lessons are wanted.' })
  declare format: LessonFormat;

  @Field(() => String, { nullable: true, description: 'Where lessons in person are wanted.' })
  declare city: string | null;

  @Field(() => SafeIntAmount, { nullable: true, description: 'For an hour at most, in minor units.' })
  declare budgetMinor: number | null;

  @Field(() => CurrencyCode, { nullable: true, description: 'In which the budget is.' })
  declare budgetCurrency: string | null;

  @Field(() => String, { description: 'The title.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'The description.' })
  declare description: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be reached.' })
  declare goal: string | null;

  @Field(() => String, { nullable: true, description: "When lessons could be, in the student's own words." })
  declare preferredTimes: string | null;

  @Field(() => OrderStatusEnum, { description: 'Where it stands.' })
  declare status: OrderStatus;

  @Field(() => DateTime, { description: 'When it was posted.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it stopped being open.' })
  declare closedAt: Date | null;
}
