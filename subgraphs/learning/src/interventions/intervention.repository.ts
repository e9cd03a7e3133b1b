import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { type RawBuilder, sql } from 'kysely';
import type { InterventionKind } from '../risk/risk.rules.js';
import { Intervention } from './intervention.entity.js';

type Given<Value> = Value | null | undefined;

/** Which interventions; conditions add up. */
export interface InterventionSearch {
  courseId?: Given<string>;
  kind?: Given<InterventionKind>;
  doneBy?: Given<string>;
  since?: Given<Date>;
}

/** What became of students so many days after something was done for them, and of students who were like them. */
export interface InterventionChange {
  days: number;
  /** How many interventions could be measured. */
  measured: number;
  /** Mean change of their scores, in points. */
  change: number | null;
  /** The same of students of the same course and about the same score that day, for whom nothing was done. */
  similarChange: number | null;
}

/** A score so many days later may be of the next few days: not everybody is scored on each. */
const LATE_DAYS = 3;
/** Scores so near to each other are about the same. */
const NEAR = 10;
/** Nothing was done for a student in so many days before and after. */
const QUIET_DAYS = 28;

const NEWEST: readonly SortKey[] = [
  { expression: sql`t.done_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** A page of interventions for students for whom `visible` holds, the newest first. */
export function findInterventions(
  em: EntityManager,
  visible: RawBuilder<boolean>,
  search: InterventionSearch,
  page: PageRequest,
): Promise<Connection<Intervention>> {
  const where = sql.join([visible, ...conditions(search)], sql` and `);
  const from = sql`from learning.risk_interventions t join learning.enrollments e on e.id = t.enrollment_id where ${where}`;
  return keysetPage(em, { entity: Intervention, from, order: NEWEST }, page);
}

/** A page of what was done for each student, the newest first; whoever asks checks who may know. */
export const interventionsOfStudents = defineNestedPages<Intervention>(() => ({
  entity: Intervention,
  from: sql`from learning.risk_interventions t where true`,
  parent: sql`t.student_id`,
  order: NEWEST,
}));

/** The score so many days after each intervention, batched; null while there is none. */
export const scoresAfter = defineLoader<{ id: string; days: number }, number | null>(
  async ({ em }, keys) => {
    const { rows } = await sql<{ id: string; days: number; score: number }>`
      select asked.id, asked.days, later.score
        from unnest(${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ days }) => days)}::int[]) as asked (id, days)
        join learning.risk_interventions i on i.id = asked.id
        cross join lateral (${scoreAround(sql`i.enrollment_id`, sql`${dayOf(sql`i.done_at`)} + asked.days`)}) later`.execute(
      em.getKysely(),
    );
    return new Map(rows.map(({ id, days, score }) => [`${id} ${days}`, score]));
  },
  { absent: () => null, keyOf: ({ id, days }) => `${id} ${days}` },
);

/** How scores changed after interventions, beside those of similar students. */
export async function measureChange(
  em: EntityManager,
  search: InterventionSearch,
  days: number,
): Promise<InterventionChange> {
  const where = sql.join([sql`t.score_before is not null`, ...conditions(search)], sql` and `);
  const { rows } = await sql<Omit<InterventionChange, 'days'>>`
    with treated as (
      select t.id, t.enrollment_id, e.course_id, ${dayOf(sql`t.done_at`)} as day, t.score_before,
          later.score - t.score_before as change
        from learning.risk_interventions t join learning.enrollments e on e.id = t.enrollment_id
        cross join lateral (${scoreAround(sql`t.enrollment_id`, sql`${dayOf(sql`t.done_at`)} + ${days}::int`)}) later
       where ${where}
    ), alike as (
      select treated.id, avg(later.score - before.score) as change
        from treated
        join learning.enrollments other on other.course_id = treated.course_id and other.id <> treated.enrollment_id
        join learning.risk_days before on before.enrollment_id = other.id and before.day = treated.day
          and before.score between treated.score_before - ${NEAR}::int and treated.score_before + ${NEAR}::int
        cross join lateral (${scoreAround(sql`other.id`, sql`treated.day + ${days}::int`)}) later
       where not exists (select from learning.risk_interventions i where i.enrollment_id = other.id
          and ${dayOf(sql`i.done_at`)} between treated.day - ${QUIET_DAYS}::int and treated.day + ${QUIET_DAYS}::int)
       group by treated.id
    )
    select count(*)::int as measured, avg(treated.change)::float as change, avg(alike.change)::float as "similarChange"
      from treated left join alike on alike.id = treated.id`.execute(em.getKysely());
  return { days, ...(rows[0] ?? { measured: 0, change: null, similarChange: null }) };
}

/** The score of an enrolment on a day or the last one before; null when there is none. */
export async function scoreOn(em: EntityManager, enrollmentId: string, at: Date): Promise<number | null> {
  const { rows } = await sql<{ score: number }>`
    select score from learning.risk_days where enrollment_id = ${enrollmentId} and day <= ${dayOf(sql`${at}::timestamptz`)}
     order by day desc limit 1`.execute(em.getKysely());
  return rows[0]?.score ?? null;
}

function scoreAround(enrollmentId: RawBuilder<unknown>, day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select d.score from learning.risk_days d where d.enrollment_id = ${enrollmentId}
    and d.day between ${day} and ${day} + ${LATE_DAYS}::int order by d.day limit 1`;
}

function dayOf(at: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${at} at time zone 'UTC')::date`;
}

function conditions({ courseId, kind, doneBy, since }: InterventionSearch): RawBuilder<unknown>[] {
  const id = (value: string) => (isId(value) ? sql`${value}::uuid` : sql`null::uuid`);
  const found: RawBuilder<unknown>[] = [];
  if (courseId) found.push(sql`e.course_id = ${id(courseId)}`);
  if (doneBy) found.push(sql`t.done_by = ${id(doneBy)}`);
  if (kind) found.push(sql`t.kind = ${kind}`);
  if (since) found.push(sql`t.done_at >= ${since}::timestamptz`);
  return found;
}
