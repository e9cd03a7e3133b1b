import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';

/** How a question has done. */
export interface QuestionStatistics {
  answers: number;
  difficulty: number | null;
  discrimination: number | null;
}

/**
 * Classical item analysis, batched: the mean share of points (difficulty) and its correlation with the share of the rest of the
 * attempt (corrected item-total correlation). First attempts only, for a question that is remembered says nothing.
 */
export const statisticsOf = defineLoader<string, QuestionStatistics>(
  async ({ em }, questionIds) => {
    const { rows } = await sql<QuestionStatistics & { question_id: string }>`
      select r.question_id, count(*)::int as answers,
        avg(q.earned / (100.0 * r.points))::float8 as difficulty,
        corr(q.earned / (100.0 * r.points),
          case when a.possible > 100 * r.points then (a.earned - q.earned) / (a.possible - 100.0 * r.points) end
        )::float8 as discrimination
        from learning.question_revisions r
        join learning.attempt_questions q on q.revision_id = r.id
        join learning.attempts a on a.id = q.attempt_id
       where r.question_id = any (${[...questionIds]}::uuid[]) and a.number = 1 and a.status <> 'RUNNING'
       group by r.question_id`.execute(em.getKysely());
    return new Map(rows.map(({ question_id: id, ...statistics }) => [id, statistics]));
  },
  { absent: () => ({ answers: 0, difficulty: null, discrimination: null }) },
);
