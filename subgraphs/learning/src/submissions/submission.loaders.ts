import type { EntityName } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { type RawBuilder, sql } from 'kysely';
import { isOwn, isVisible } from './assignment-access.js';
import { HomeworkAssignment, HomeworkExtension } from './homework-assignment.entity.js';
import { HomeworkGrade } from './homework-grade.entity.js';
import { Submission, SubmissionFile } from './submission.entity.js';

const a = sql.ref('a');

async function select<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  query: RawBuilder<unknown>,
): Promise<Entity[]> {
  const { rows } = await (query as RawBuilder<Record<string, unknown>>).execute(em.getKysely());
  return rows.map((row) => em.map<Entity>(entity, row as Parameters<typeof em.map<Entity>>[1]));
}

/** Assignments by id: those that the viewer may see. */
export const assignmentsById = defineLoader<string, HomeworkAssignment | null>(
  async (context, ids) => {
    const found = await select(
      context.em,
      HomeworkAssignment,
      sql`select a.* from learning.homework_assignments a
           where a.id = any (${ids.filter(isId)}::uuid[]) and ${isVisible(context, a)}`,
    );
    return new Map(found.map((one) => [one.id, one]));
  },
  { absent: () => null },
);

/** Submissions by id: those that the viewer may see, drafts only of their own. */
export const submissionsById = defineLoader<string, Submission | null>(
  async (context, ids) => {
    const found = await select(
      context.em,
      Submission,
      sql`select s.* from learning.homework_submissions s join learning.homework_assignments a on a.id = s.assignment_id
           where s.id = any (${ids.filter(isId)}::uuid[]) and ${isVisible(context, a)}
             and (s.status <> 'DRAFT' or ${isOwn(context, a)})`,
    );
    return new Map(found.map((one) => [one.id, one]));
  },
  { absent: () => null },
);

/** All versions of an assignment, the newest first; drafts only of the viewer's own. Whoever has the assignment may see it. */
export const versionsOfAssignment = defineLoader<string, Submission[]>(
  async (context, ids) => {
    const found = await select(
      context.em,
      Submission,
      sql`select s.* from learning.homework_submissions s join learning.homework_assignments a on a.id = s.assignment_id
           where a.id = any (${[...ids]}::uuid[]) and (s.status <> 'DRAFT' or ${isOwn(context, a)})
           order by s.version desc`,
    );
    return Map.groupBy(found, ({ assignmentId }) => assignmentId);
  },
  { absent: () => [] },
);

/** How often an assignment was extended, the last time first. */
export const extensionsOfAssignment = defineLoader<string, HomeworkExtension[]>(
  async ({ em }, ids) => {
    const orderBy = { createdAt: 'desc', id: 'desc' } as const;
    const found = await em.find(HomeworkExtension, { assignmentId: { $in: [...ids] } }, { orderBy });
    return Map.groupBy(found, ({ assignmentId }) => assignmentId);
  },
  { absent: () => [] },
);

/** Files of an assignment that are still there. */
export const filesOfAssignment = defineLoader<string, SubmissionFile[]>(
  async ({ em }, ids) => {
    const found = await em.find(SubmissionFile, { assignmentId: { $in: [...ids] }, removedAt: null });
    return Map.groupBy(found, ({ assignmentId }) => assignmentId);
  },
  { absent: () => [] },
);

/** Every score that a submission was given, the first one first. */
export const gradesOfSubmission = defineLoader<string, HomeworkGrade[]>(
  async ({ em }, ids) => {
    const orderBy = { gradedAt: 'asc', id: 'asc' } as const;
    const found = await em.find(HomeworkGrade, { submissionId: { $in: [...ids] } }, { orderBy });
    return Map.groupBy(found, ({ submissionId }) => submissionId);
  },
  { absent: () => [] },
);
