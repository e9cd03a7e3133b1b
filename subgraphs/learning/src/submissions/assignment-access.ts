import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { type RawBuilder, sql } from 'kysely';
import type { LearningErrorCode } from '../errors.js';
import { StudentAccess } from '../students/student-access.js';

const students = new StudentAccess();

/** A table's alias in a statement, such as `sql.ref('a')`. */
type Alias = RawBuilder<unknown>;

/** Is an assignment the viewer's own, in SQL. */
export function isOwn({ viewer }: RequestContext, assignment: Alias): RawBuilder<boolean> {
  if (viewer.kind !== 'user') return sql`false`;
  return sql`${assignment}.student_id = (select id from learning.students where user_id = ${viewer.userId}::uuid)`;
}

/**
 * May the viewer see an assignment, in SQL: the student may, whoever may read all students (and services of ours, of which only the
 * fields of their scopes), and the curator of the cohort in which the student learns that very course.
 */
export function isVisible(context: RequestContext, assignment: Alias): RawBuilder<boolean> {
  const scope = students.scopeOf(context);
  if (scope.kind === 'all') return sql`true`;
  const own = isOwn(context, assignment);
  return scope.kind === 'none' ? own : sql`(${own} or ${isLed(assignment, scope.userId)})`;
}

/** May the viewer review an assignment, in SQL: that of their cohorts or of anybody, but never their own. */
export function isReviewable(context: RequestContext, assignment: Alias): RawBuilder<boolean> {
  const scope = students.scopeOf(context);
  if (!context.can('learning.homework.review') || scope.kind === 'none') return sql`false`;
  const notOwn = sql`${isOwn(context, assignment)} is not true`;
  return scope.kind === 'all' ? sql`${notOwn}` : sql`(${notOwn} and ${isLed(assignment, scope.userId)})`;
}

function isLed(assignment: Alias, userId: string): RawBuilder<boolean> {
  return sql`exists (select from learning.enrollments e join learning.cohorts c on c.id = e.cohort_id
    where e.id = ${assignment}.enrollment_id and c.curator_id = ${userId}::uuid)`;
}

/** @throws Refusal NOT_FOUND unless the viewer may review the assignment */
export async function requireReviewable(
  context: RequestContext,
  em: EntityManager,
  assignmentId: string,
  field: readonly string[],
): Promise<void> {
  const { rows } = await sql`
    select from learning.homework_assignments a
     where a.id = ${isId(assignmentId) ? assignmentId : null}::uuid and ${isReviewable(context, sql.ref('a'))}`.execute(
    em.getKysely(),
  );
  if (rows.length === 0) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
}
