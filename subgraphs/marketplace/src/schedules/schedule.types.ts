import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CalendarDate, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Weekday, weekdays } from './schedule.rules.js';

export const WeekdayEnum = enumOf(weekdays);
registerEnumType(WeekdayEnum, {
  name: 'Weekday',
  description: "A day of the week, by the tutor's calendar.",
  valuesConfig: Object.fromEntries(
    weekdays.map((day) => [day, { description: `${day.charAt(0)}${day.slice(1).toLowerCase()}.` }]),
  ),
});

@ObjectType('DayWindow', { simpleResolvers: true, description: "A part of a day, by the tutor's clock." })
export class DayWindowType {
  @Field(() => Int, { description: 'When it begins, in minutes after midnight: 540 is 09:00.' })
  declare startsAtMinute: number;

  @Field(() => Int, { description: 'When it ends, in minutes after midnight: 1020 is 17:00, 1440 the next midnight.' })
  declare endsAtMinute: number;
}

@ObjectType('WeeklyWindow', {
  simpleResolvers: true,
  description: "A part of every such weekday in which the tutor teaches, by the tutor's clock.",
})
export class WeeklyWindowType {
  @Field(() => WeekdayEnum, { description: 'On which day.' })
  declare weekday: Weekday;

  @Field(() => Int, { description: 'When it begins, in minutes after midnight: 540 is 09:00.' })
  declare startsAtMinute: number;

  @Field(() => Int, { description: 'When it ends, in minutes after midnight: 1020 is 17:00, 1440 the next midnight.' })
  declare endsAtMinute: number;
}

@ObjectType('DateOverride', { simpleResolvers: true, description: 'A date with other windows than its weekday has.' })
export class DateOverrideType {
  @Field(() => CalendarDate, { description: "The date, by the tutor's calendar." })
  declare date: string;

  @Field(() => [DayWindowType], { description: 'The windows of that date, in their order; none: no lessons.' })
  declare windows: readonly DayWindowType[];
}

@ObjectType('DaysOff', { simpleResolvers: true, description: 'Dates on which the tutor does not teach.' })
export class DaysOffType {
  @Field(() => ID, { description: 'Identity of this time off.' })
  declare id: string;

  @Field(() => CalendarDate, { description: 'The first date.' })
  declare fromDate: string;

  @Field(() => CalendarDate, { description: 'The last date, included.' })
  declare toDate: string;
}

const TUTORS_OWN = 'null unless it is yours or you are staff';

@ObjectType('TutorSchedule', {
  simpleResolvers: true,
  description: 'When a tutor teaches. What of it is free, `availableSlots` tells.',
})
export class TutorScheduleType {
  @Field(() => TimeZone, { description: "The tutor's time zone, by whose clock the windows and dates are." })
  declare timeZone: string;

  @Field(() => [WeeklyWindowType], { description: 'When the tutor teaches every week, from Monday on.' })
  declare weeklyWindows: WeeklyWindowType[];

  @Field(() => Int, { description: 'How long before its beginning a lesson has to be booked.' })
  declare minimumNoticeMinutes: number;

  @Field(() => Int, { description: 'How many days ahead lessons can be booked.' })
  declare bookingWindowDays: number;

  @Field(() => Int, { nullable: true, description: `Minutes kept free before each lesson; ${TUTORS_OWN}.` })
  declare bufferBeforeMinutes: number | null;

  @Field(() => Int, { nullable: true, description: `Minutes kept free after each lesson; ${TUTORS_OWN}.` })
  declare bufferAfterMinutes: number | null;

  @Field(() => Int, { nullable: true, description: `Minutes between the beginnings of slots; ${TUTORS_OWN}.` })
  declare slotStepMinutes: number | null;

  @Field(() => Int, { nullable: true, description: `Most lessons a day; null without a limit, and ${TUTORS_OWN}.` })
  declare dailyLimit: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Most lessons a week that begins on Monday; null without a limit, and ${TUTORS_OWN}.`,
  })
  declare weeklyLimit: number | null;

  @Field(() => [DateOverrideType], {
    nullable: true,
    description: `Dates from today on with other windows, at most 100, in their order; ${TUTORS_OWN}.`,
  })
  declare overrides: readonly DateOverrideType[] | null;

  @Field(() => [DaysOffType], {
    nullable: true,
    description: `Times off that are not over, at most 100, in their order; ${TUTORS_OWN}.`,
  })
  declare daysOff: readonly DaysOffType[] | null;
}
