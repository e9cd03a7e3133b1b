import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { isReviewable } from '../submissions/assignment-access.js';
import { HomeworkCheck } from './homework-check.entity.js';

/** What the program found in each submission; whoever has the submission may see it. */
export const checksBySubmission = defineLoader<string, HomeworkCheck | null>(
  async ({ em }, ids) => {
    const found = await em.find(HomeworkCheck, { submissionId: { $in: [...ids] } });
    return new Map(found.map((check) => [check.submissionId, check]));
  },
  { absent: () => null },
);

/** Which submissions the viewer may review. */
export const reviewableSubmissions = defineLoader<string, boolean>(
  async (context, ids) => {
    const { rows } = await sql<{ id: string }>`
      select s.id from learning.homework_submissions s join learning.homework_assignments a on a.id = s.assignment_id
       where s.id = any (${[...ids]}::uuid[]) and ${isReviewable(context, sql.ref('a'))}`.execute(
      context.em.getKysely(),
    );
    return new Map(rows.map(({ id }) => [id, true]));
  },
  { absent: () => false },
);
