import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';

const ScheduleSchema = defineEntity({
  name: 'Schedule',
  tableName: 'schedules',
  checks: [
    { name: 'schedules_time_zone_check', expression: 'length(time_zone) >= 1 and length(time_zone) <= 64' },
    {
      name: 'schedules_buffer_before_check',
      expression: 'buffer_before_minutes >= 0 and buffer_before_minutes <= 120',
    },
    { name: 'schedules_buffer_after_check', expression: 'buffer_after_minutes >= 0 and buffer_after_minutes <= 120' },
    {
      name: 'schedules_notice_check',
      expression: 'minimum_notice_minutes >= 0 and minimum_notice_minutes <= 43200',
    },
    { name: 'schedules_booking_window_check', expression: 'booking_window_days >= 1 and booking_window_days <= 365' },
    { name: 'schedules_daily_limit_check', expression: 'daily_limit >= 1 and daily_limit <= 96' },
    { name: 'schedules_weekly_limit_check', expression: 'weekly_limit >= 1 and weekly_limit <= 672' },
    { name: 'schedules_slot_step_check', expression: 'slot_step_minutes in (5, 10, 15, 30, 60)' },
  ],
  properties: {
    tutorId: () =>
      p.oneToOne(Tutor).mapToPk().fieldName('tutor_id').primary().deleteRule('no action').updateRule('no action'),
    /** IANA name; the weekly rules, overrides and days off are by its clock. */
    timeZone: p.text(),
    bufferBeforeMinutes: p.integer(),
    bufferAfterMinutes: p.integer(),
    minimumNoticeMinutes: p.integer(),
    bookingWindowDays: p.integer(),
    dailyLimit: p.integer().nullable(),
    weeklyLimit: p.integer().nullable(),
    slotStepMinutes: p.integer(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** When a tutor teaches, and how lessons lie in it; without one a tutor has no slots. */
export class Schedule extends ScheduleSchema.class {}
ScheduleSchema.setClass(Schedule);

const ScheduleRuleSchema = defineEntity({
  name: 'ScheduleRule',
  tableName: 'schedule_rules',
  indexes: [
    // MikroORM keeps an exclusion constraint only as an expression.
    {
      name: 'schedule_rules_apart',
      expression: `alter table "marketplace"."schedule_rules" add constraint "schedule_rules_apart" exclude using gist (tutor_id with =, weekday with =, int4range(starts_at_minute, ends_at_minute) with &&)`,
    },
  ],
  checks: [
    { name: 'schedule_rules_weekday_check', expression: 'weekday >= 1 and weekday <= 7' },
    {
      name: 'schedule_rules_minutes_check',
      expression: 'starts_at_minute >= 0 and starts_at_minute < ends_at_minute and ends_at_minute <= 1440',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Schedule).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    /** 1 is Monday, 7 is Sunday (ISO 8601). */
    weekday: p.integer(),
    /** Minutes after midnight by the schedule's clock; 1440 is the next midnight. */
    startsAtMinute: p.integer(),
    endsAtMinute: p.integer(),
  },
});

/** A part of every such weekday in which the tutor teaches. */
export class ScheduleRule extends ScheduleRuleSchema.class {}
ScheduleRuleSchema.setClass(ScheduleRule);

const ScheduleOverrideSchema = defineEntity({
  name: 'ScheduleOverride',
  tableName: 'schedule_overrides',
  uniques: [{ name: 'schedule_overrides_date_unique', properties: ['tutorId', 'date'] }],
  checks: [{ name: 'schedule_overrides_windows_check', expression: `windows <@ '{[0,1440)}'::int4multirange` }],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Schedule).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    date: p.date(),
    /** Minutes after midnight, as `{[540,720)}`; the type keeps windows in order and apart. Empty: none that day. */
    windows: p.text().columnType('int4multirange'),
  },
});

/** A date on which other windows hold than those of its weekday. */
export class ScheduleOverride extends ScheduleOverrideSchema.class {}
ScheduleOverrideSchema.setClass(ScheduleOverride);

const DaysOffSchema = defineEntity({
  name: 'DaysOff',
  tableName: 'days_off',
  indexes: [
    {
      name: 'days_off_apart',
      expression: `alter table "marketplace"."days_off" add constraint "days_off_apart" exclude using gist (tutor_id with =, daterange(from_date, to_date, '[]') with &&)`,
    },
  ],
  checks: [{ name: 'days_off_dates_check', expression: 'from_date <= to_date' }],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Schedule).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    /** Both included. */
    fromDate: p.date(),
    toDate: p.date(),
  },
});

/** Dates on which the tutor does not teach, whatever else the schedule says. */
export class DaysOff extends DaysOffSchema.class {}
DaysOffSchema.setClass(DaysOff);
