import type { EntityManager } from '@mikro-orm/postgresql';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { type RawBuilder, sql } from 'kysely';
import type { SlotSchedule } from './slots.rules.js';
import { DAY_MS } from './zone-clock.js';

/** A schedule as it is stored, with the account whose calendar it opens. */
export interface StoredSchedule extends SlotSchedule {
  tutorId: string;
  userId: string;
  daysOff: readonly { id: string; fromDate: string; toDate: string }[];
}

/** Schedules of tutors, batched; of overrides and days off those that are not over. */
export const schedulesByTutor = defineLoader<string, StoredSchedule | null>(
  async ({ em }, tutorIds) => {
    const schedules = await readSchedules(em, sql`s.tutor_id = any(${[...tutorIds]}::uuid[])`, { from: new Date() });
    return new Map(schedules.map((schedule) => [schedule.tutorId, schedule]));
  },
  { absent: () => null },
);

/** A tutor's schedule with the overrides and days off that touch a time; undefined when there is none. */
export async function findSchedule(
  em: EntityManager,
  tutorId: string,
  time: { from: Date; to: Date },
): Promise<StoredSchedule | undefined> {
  return (await readSchedules(em, sql`s.tutor_id = ${tutorId}::uuid`, time))[0];
}

/** One statement. Dates are taken two days wider: they are by the tutor's clock. */
async function readSchedules(
  em: EntityManager,
  which: RawBuilder<unknown>,
  { from, to }: { from: Date; to?: Date },
): Promise<StoredSchedule[]> {
  const first = dateAround(from, -2);
  const last = to ? dateAround(to, 2) : 'infinity';
  const { rows } = await sql<StoredSchedule>`
    select s.tutor_id as "tutorId", t.user_id as "userId", s.time_zone as "timeZone",
      s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes",
      s.minimum_notice_minutes as "minimumNoticeMinutes", s.booking_window_days as "bookingWindowDays",
      s.daily_limit as "dailyLimit", s.weekly_limit as "weeklyLimit", s.slot_step_minutes as "slotStepMinutes",
      coalesce((select json_agg(json_build_object('weekday', r.weekday, 'startsAtMinute', r.starts_at_minute,
          'endsAtMinute', r.ends_at_minute) order by r.weekday, r.starts_at_minute)
        from marketplace.schedule_rules r where r.tutor_id = s.tutor_id), '[]') as rules,
      coalesce((select json_agg(json_build_object('date', o.date, 'windows', coalesce(
          (select json_agg(json_build_object('startsAtMinute', lower(w), 'endsAtMinute', upper(w)) order by w)
            from unnest(o.windows) as w), '[]')) order by o.date)
        from marketplace.schedule_overrides o
        where o.tutor_id = s.tutor_id and o.date between ${first}::date and ${last}::date), '[]') as overrides,
      coalesce((select json_agg(json_build_object('id', d.id, 'fromDate', d.from_date, 'toDate', d.to_date)
          order by d.from_date)
        from marketplace.days_off d
        where d.tutor_id = s.tutor_id and d.to_date >= ${first}::date and d.from_date <= ${last}::date), '[]') as "daysOff"
    from marketplace.schedules s join marketplace.tutors t on t.id = s.tutor_id
    where ${which}`.execute(em.getKysely());
  return rows;
}

function dateAround(moment: Date, days: number): string {
  return new Date(moment.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}
