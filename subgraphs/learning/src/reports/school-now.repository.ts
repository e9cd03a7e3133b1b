import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { isResolved } from './daily-metrics.repository.js';

/** How the school stands at a moment. */
export interface SchoolNow {
  students: number;
  active: number;
  atRisk: number;
  dropped: number;
  completed: number;
  activeToday: number;
  homeworkWaiting: number;
  handOversOpen: number;
  /** Since when the oldest question waits for a curator. */
  waitingSince: Date | null;
  /** Of the answers of the last seven days. */
  aiAnswers: number;
  resolvedAnswers: number;
  answerMs: number | null;
}

/** How the school stands now: one statement. */
export async function schoolNow(em: EntityManager, at: Date): Promise<SchoolNow> {
  const { rows } = await sql<Omit<SchoolNow, 'waitingSince'> & { waitingSince: string | null }>`
    select school.*, (select count(*)::int from learning.activity_days
        where day = (${at}::timestamptz at time zone 'UTC')::date) as "activeToday",
      (select count(*)::int from learning.homework_assignments
        where status in ('SUBMITTED', 'AI_CHECKED', 'NEEDS_REVIEW')) as "homeworkWaiting",
      support.open as "handOversOpen", support.since as "waitingSince",
      answers.given as "aiAnswers", answers.resolved as "resolvedAnswers", answers.median as "answerMs"
    from
      (select count(*)::int as students, count(*) filter (where status = 'ACTIVE')::int as active,
         count(*) filter (where status = 'AT_RISK')::int as "atRisk",
         count(*) filter (where status = 'DROPPED')::int as dropped,
         count(*) filter (where status = 'COMPLETED')::int as completed from learning.students) as school,
      (select count(*)::int as open, min(created_at) as since from learning.assistant_hand_overs where status = 'OPEN') as support,
      (select count(*)::int as given, count(*) filter (where ${isResolved})::int as resolved,
         percentile_cont(0.5) within group (order by a.response_ms)::int as median
       from learning.assistant_messages a where a.role = 'ASSISTANT' and a.status = 'DONE'
         and a.created_at >= ${at}::timestamptz - interval '7 days' and a.created_at <= ${at}::timestamptz) as answers`.execute(
    em.getKysely(),
  );
  const [row] = rows;
  if (!row) throw new Error('The figures of the school were not answered');
  return { ...row, waitingSince: row.waitingSince === null ? null : new Date(row.waitingSince) };
}

/** How many accounts curate cohorts that have students. */
export async function countCurators(em: EntityManager): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct c.curator_id)::int as count from learning.cohorts c
    where exists (select from learning.enrollments e where e.cohort_id = c.id and e.status = 'ACTIVE')`.execute(
    em.getKysely(),
  );
  return rows[0]?.count ?? 0;
}
