import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { CalendarDate, TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { TutorType } from '../tutors/tutor.types.js';
import { SCHEDULE_DEFAULTS, type Weekday } from './schedule.rules.js';
import { DaysOffType, WeekdayEnum } from './schedule.types.js';

/** Every expected failure around schedules. */
export const scheduleErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'PROFILE_REQUIRED',
  'SCHEDULE_REQUIRED',
  'WINDOWS_OVERLAP',
  'DAYS_OFF_OVERLAP',
  'DATE_PASSED',
  'TOO_MANY_DATES',
] as const;
/** @see scheduleErrorCodes */
export type ScheduleErrorCode = (typeof scheduleErrorCodes)[number];
const ScheduleErrorCodes = enumOf(scheduleErrorCodes);
registerEnumType(ScheduleErrorCodes, {
  name: 'ScheduleErrorCode',
  description: 'Expected failures around schedules.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such time off of yours, or no other windows on that date.' },
    PROFILE_REQUIRED: { description: 'Create your profile first.' },
    SCHEDULE_REQUIRED: { description: 'Set your schedule first.' },
    WINDOWS_OVERLAP: { description: 'Two windows of one day overlap.' },
    DAYS_OFF_OVERLAP: { description: 'Some of these dates are off already.' },
    DATE_PASSED: { description: 'The date is over.' },
    TOO_MANY_DATES: { description: 'There are 100 such dates or times off ahead already.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around a schedule.' })
export class ScheduleError extends UserError {
  @Field(() => ScheduleErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: ScheduleErrorCode;
}

@InputType({ description: 'A part of a day, by your clock.' })
export class DayWindowInput {
  @Field(() => Int, { description: 'When it begins, in minutes after midnight, 0 to 1439.' })
  declare startsAtMinute: number;

  @Field(() => Int, { description: 'When it ends, in minutes after midnight, 1 to 1440; 1440 is the next midnight.' })
  declare endsAtMinute: number;
}

@InputType({ description: 'A part of every such weekday in which you teach, by your clock.' })
export class WeeklyWindowInput extends DayWindowInput {
  @Field(() => WeekdayEnum, { description: 'On which day.' })
  declare weekday: Weekday;
}

@InputType({ description: 'Your schedule as a whole: it takes the place of the one before.' })
export class SetScheduleInput {
  @Field(() => TimeZone, { description: 'Your IANA time zone, by whose clock windows and dates are.' })
  declare timeZone: string;

  @Field(() => [WeeklyWindowInput], {
    description:
      'When you teach every week, at most 140 windows that do not overlap; windows that touch, also at midnight, are one.',
  })
  declare weeklyWindows: WeeklyWindowInput[];

  @Field(() => Int, {
    defaultValue: SCHEDULE_DEFAULTS.bufferBeforeMinutes,
    description: 'Minutes kept free before each lesson, 0 to 120.',
  })
  declare bufferBeforeMinutes: number;

  @Field(() => Int, {
    defaultValue: SCHEDULE_DEFAULTS.bufferAfterMinutes,
    description: 'Minutes kept free after each lesson, 0 to 120; between two lessons lie both buffers.',
  })
  declare bufferAfterMinutes: number;

  @Field(() => Int, {
    defaultValue: SCHEDULE_DEFAULTS.minimumNoticeMinutes,
    description: 'How long before its beginning a lesson has to be booked, 0 to 43,200 minutes (30 days).',
  })
  declare minimumNoticeMinutes: number;

  @Field(() => Int, {
    defaultValue: SCHEDULE_DEFAULTS.bookingWindowDays,
    description: 'How many days ahead lessons can be booked, 1 to 365.',
  })
  declare bookingWindowDays: number;

  @Field(() => Int, { nullable: true, description: 'Most lessons a day, 1 to 96; no limit without it.' })
  declare dailyLimit?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Most lessons a week that begins on Monday, 1 to 672; no limit without it.',
  })
  declare weeklyLimit?: number | null;

  @Field(() => Int, {
    defaultValue: SCHEDULE_DEFAULTS.slotStepMinutes,
    description: 'Minutes between the beginnings of slots, from the beginning of a window on: 5, 10, 15, 30 or 60.',
  })
  declare slotStepMinutes: number;
}

@InputType({ description: 'Other windows on one date.' })
export class SetDateOverrideInput {
  @Field(() => CalendarDate, { description: 'The date, by your calendar; today or later.' })
  declare date: Date;

  @Field(() => [DayWindowInput], {
    description:
      "The windows of that date in place of its weekday's, at most 20 that do not overlap; none: no lessons.",
  })
  declare windows: DayWindowInput[];
}

@InputType({ description: 'Which date.' })
export class RemoveDateOverrideInput {
  @Field(() => CalendarDate, { description: 'The date that is to be as its weekday again.' })
  declare date: Date;
}

@InputType({ description: 'Dates on which you do not teach.' })
export class AddDaysOffInput {
  @Field(() => CalendarDate, { description: 'The first date, by your calendar.' })
  declare from: Date;

  @Field(() => CalendarDate, { description: 'The last date, included; today or later.' })
  declare to: Date;
}

@InputType({ description: 'Which time off.' })
export class RemoveDaysOffInput {
  @Field(() => ID, { description: 'Which time off of yours.' })
  declare daysOffId: string;
}

/** What every mutation of a schedule answers. */
@ObjectType({ simpleResolvers: true })
abstract class SchedulePayload {
  @Field(() => TutorType, { nullable: true, description: 'Your profile with its schedule; null when it was refused.' })
  declare tutor?: TutorType | null;
}

@ObjectType({ simpleResolvers: true, description: 'Your schedule after the change.' })
export class SetSchedulePayload extends SchedulePayload {
  @Field(() => [ScheduleError], {
    description: 'What has to be corrected: INVALID_INPUT, PROFILE_REQUIRED, WINDOWS_OVERLAP.',
  })
  declare userErrors: ScheduleError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your schedule after the change.' })
export class SetDateOverridePayload extends SchedulePayload {
  @Field(() => [ScheduleError], {
    description:
      'What has to be corrected: INVALID_INPUT, PROFILE_REQUIRED, SCHEDULE_REQUIRED, WINDOWS_OVERLAP, DATE_PASSED, TOO_MANY_DATES.',
  })
  declare userErrors: ScheduleError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your schedule after the change.' })
export class RemoveDateOverridePayload extends SchedulePayload {
  @Field(() => [ScheduleError], { description: 'What went wrong: PROFILE_REQUIRED, SCHEDULE_REQUIRED, NOT_FOUND.' })
  declare userErrors: ScheduleError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your schedule after the change.' })
export class AddDaysOffPayload extends SchedulePayload {
  @Field(() => DaysOffType, { nullable: true, description: 'The time off; null when it was refused.' })
  declare daysOff?: DaysOffType | null;

  @Field(() => [ScheduleError], {
    description:
      'What has to be corrected: INVALID_INPUT, PROFILE_REQUIRED, SCHEDULE_REQUIRED, DAYS_OFF_OVERLAP, DATE_PASSED, TOO_MANY_DATES.',
  })
  declare userErrors: ScheduleError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your schedule after the change.' })
export class RemoveDaysOffPayload extends SchedulePayload {
  @Field(() => [ScheduleError], { description: 'What went wrong: PROFILE_REQUIRED, SCHEDULE_REQUIRED, NOT_FOUND.' })
  declare userErrors: ScheduleError[];
}
