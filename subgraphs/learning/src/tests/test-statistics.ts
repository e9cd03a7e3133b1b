import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';

/** How a test has gone. */
export interface TestFigures {
  students: number;
  attempts: number;
  passedShare: number | null;
  meanPercent: number | null;
  medianMinutes: number | null;
}

/** Figures of tests over attempts that are over, batched; a student has passed who has passed once. */
export const figuresOfTests = defineLoader<string, TestFigures>(
  async ({ em }, testIds) => {
    const { rows } = await sql<TestFigures & { test_id: string }>`
      select test_id, count(distinct enrollment_id)::int as students, count(*)::int as attempts,
        (count(distinct enrollment_id) filter (where passed))::float8 / count(distinct enrollment_id) as "passedShare",
        avg(percent)::float8 as "meanPercent",
        (percentile_cont(0.5) within group (order by extract(epoch from closed_at - started_at)) / 60)::float8
          as "medianMinutes"
        from learning.attempts where test_id = any (${[...testIds]}::uuid[]) and status <> 'RUNNING'
       group by test_id`.execute(em.getKysely());
    return new Map(rows.map(({ test_id: id, ...figures }) => [id, figures]));
  },
  { absent: () => ({ students: 0, attempts: 0, passedShare: null, meanPercent: null, medianMinutes: null }) },
);
