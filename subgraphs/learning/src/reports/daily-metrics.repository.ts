import type { EntityManager } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { DailyMetrics } from './daily-metrics.entity.js';

/** Longest that support for one question counts. */
const SUPPORT_MINUTES = 120;

/** A span of days by UTC, `YYYY-MM-DD`: both belong to it. */
export interface Days {
  from: string;
  to: string;
}

/** An answer of the assistant that settled the matter: nobody said otherwise, and nobody asked a curator within a day after it. */
export const isResolved: RawBuilder<boolean> = sql`(a.resolved is not false and not exists (
  select from learning.assistant_hand_overs h where h.session_id = a.session_id
    and h.created_at >= a.created_at and h.created_at < a.created_at + interval '24 hours'))`;

/**
 * Counts days anew, from what the tables say now, in one statement.
 *
 * @param now the last moment of which anything is known: how many are at risk is counted for the day before it only
 */
export async function computeDays(em: EntityManager, days: readonly string[], now: Date): Promise<void> {
  const within = (column: RawBuilder<unknown>) => sql`${column} >= d.start and ${column} < d.ending`;
  await sql`
    insert into learning.daily_metrics as known (day, students, new_students, active_students, learning, at_risk, started,
      completed, dropped, lessons_completed, homework_submitted, homework_reviewed, ai_answers, resolved_answers, answer_ms,
      hand_overs, taken_minutes, support_minutes, retention_percent, computed_at)
    select d.day, school.students, school.new, activity.active, courses.learning,
      case when d.ending > ${now}::timestamptz - interval '1 day' then school.at_risk end, courses.started, courses.completed,
      courses.dropped, lessons.completed, homework.submitted, homework.reviewed, answers.given, answers.resolved,
      answers.median, support.opened, support.taken, support.minutes, retention.percent, ${now}::timestamptz
    from (select day, day::timestamp at time zone 'UTC' as start, (day + 1)::timestamp at time zone 'UTC' as ending
        from unnest(${[...days]}::date[]) as day) as d,
      lateral (select count(*)::int as students, count(*) filter (where ${within(sql`s.created_at`)})::int as new,
         count(*) filter (where s.status = 'AT_RISK')::int as at_risk
       from learning.students s where s.created_at < d.ending) as school,
      lateral (select count(*)::int as active from learning.activity_days a where a.day = d.day) as activity,
      lateral (select count(distinct e.student_id) filter (where (e.completed_at is null or e.completed_at >= d.ending)
           and (e.dropped_at is null or e.dropped_at >= d.ending))::int as learning,
         count(*) filter (where ${within(sql`e.enrolled_at`)})::int as started,
         count(*) filter (where ${within(sql`e.completed_at`)})::int as completed,
         count(*) filter (where ${within(sql`e.dropped_at`)})::int as dropped
       from learning.enrollments e where e.enrolled_at < d.ending) as courses,
      lateral (select count(*)::int as completed from learning.lesson_progress p where ${within(sql`p.completed_at`)}) as lessons,
      lateral (select (select count(*) from learning.homework_submissions s where ${within(sql`s.submitted_at`)})::int as submitted,
         (select count(*) from learning.homework_reviews r where ${within(sql`r.created_at`)})::int as reviewed) as homework,
      lateral (select count(*)::int as given, count(*) filter (where ${isResolved})::int as resolved,
         percentile_cont(0.5) within group (order by a.response_ms)::int as median
       from learning.assistant_messages a where a.role = 'ASSISTANT' and a.status = 'DONE' and ${within(sql`a.created_at`)}) as answers,
      lateral (select count(*) filter (where ${within(sql`h.created_at`)})::int as opened,
         (percentile_cont(0.5) within group (order by extract(epoch from h.taken_at - h.created_at))
           filter (where ${within(sql`h.created_at`)} and h.taken_at is not null) / 60)::int as taken,
         (coalesce(sum(least(extract(epoch from h.closed_at - h.taken_at) / 60, ${SUPPORT_MINUTES}))
           filter (where ${within(sql`h.closed_at`)}), 0))::int as minutes
       from learning.assistant_hand_overs h where h.created_at < d.ending and (h.closed_at is null or h.closed_at >= d.start)) as support,
      lateral (select (100.0 * count(*) filter (where stays) / nullif(count(*), 0))::int as percent from (
         select exists (select from learning.activity_days later where later.student_id = before.student_id
               and later.day > d.day - 14 and later.day <= d.day)
             or exists (select from learning.enrollments e where e.student_id = before.student_id
               and e.completed_at >= d.start - interval '42 days' and e.completed_at < d.ending) as stays
         from (select distinct a.student_id from learning.activity_days a
               where a.day > d.day - 42 and a.day <= d.day - 28) as before) as learners) as retention
    on conflict (day) do update set students = excluded.students, new_students = excluded.new_students,
      active_students = excluded.active_students, learning = excluded.learning,
      at_risk = coalesce(excluded.at_risk, known.at_risk), started = excluded.started, completed = excluded.completed,
      dropped = excluded.dropped, lessons_completed = excluded.lessons_completed,
      homework_submitted = excluded.homework_submitted, homework_reviewed = excluded.homework_reviewed,
      ai_answers = excluded.ai_answers, resolved_answers = excluded.resolved_answers, answer_ms = excluded.answer_ms,
      hand_overs = excluded.hand_overs, taken_minutes = excluded.taken_minutes, support_minutes = excluded.support_minutes,
      retention_percent = excluded.retention_percent, computed_at = excluded.computed_at`.execute(em.getKysely());
}

/** Days from the first that is missing; of none, none. The first day is that of the first student. */
export async function missingDays(em: EntityManager, { from, to }: Days): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select to_char(d, 'YYYY-MM-DD') as day
    from generate_series(greatest(${from}::date, (select min(created_at at time zone 'UTC')::date from learning.students)),
      ${to}::date, interval '1 day') as d
    where not exists (select from learning.daily_metrics where day = d::date)
    order by d`.execute(em.getKysely());
  return rows.map(({ day }) => day);
}

/** Figures of days, the first day first. */
export function findDays(em: EntityManager, { from, to }: Days): Promise<DailyMetrics[]> {
  return em.find(DailyMetrics, { day: { $gte: from, $lte: to } }, { orderBy: { day: 'asc' } });
}
