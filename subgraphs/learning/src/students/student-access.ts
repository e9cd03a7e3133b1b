import { isId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { type RawBuilder, sql } from 'kysely';
import type { LearningErrorCode } from '../errors.js';
import type { Student } from './student.entity.js';
import { findStudentOf, studentsById } from './student.repository.js';

/** Whose students somebody sees beside themselves: everybody, those of their own cohorts, or nobody. */
export type StudentScope = { kind: 'all' } | { kind: 'curator'; userId: string } | { kind: 'none' };

/** The viewer as a student; the same for a whole request. */
const ownStudent = defineLoader<string, Student | null>(
  async ({ em }, [userId]) => new Map(userId ? [[userId, await findStudentOf(em, userId)]] : []),
  { absent: () => null },
);

/** Which of these students the viewer may see, batched. */
const visibleStudents = defineLoader<string, boolean>(
  async (context, ids) => {
    const { rows } = await sql<{ id: string }>`
      select t.id from learning.students t where t.id = any (${ids.filter(isId)}::uuid[]) and ${visible(context)}`.execute(
      context.em.getKysely(),
    );
    return new Map(rows.map(({ id }) => [id, true]));
  },
  { absent: () => false },
);

/**
 * Who may see a student: they themselves, whoever may read all (and services of ours, of whom only the fields of their scopes),
 * and curators of a cohort to which the student belongs or belonged.
 */
export class StudentAccess {
  /** The viewer as a student; null when they are none or nobody is signed in. */
  mine(context: RequestContext): Promise<Student | null> {
    const { viewer } = context;
    return viewer.kind === 'user' ? context.loader(ownStudent).load(viewer.userId) : Promise.resolve(null);
  }

  /** @throws Refusal NOT_A_STUDENT when the viewer is none: it makes none */
  async requireMine(context: RequestContext): Promise<Student> {
    const student = await this.mine(context);
    if (!student) throw new Refusal<LearningErrorCode>('NOT_A_STUDENT');
    return student;
  }

  /** Those of the students that the viewer may see; one statement, however many are asked about in a request at once. */
  async maySee(context: RequestContext, studentIds: readonly string[]): Promise<Set<string>> {
    const loader = context.loader(visibleStudents);
    const seen = await Promise.all(studentIds.map(async (id) => ((await loader.load(id)) ? [id] : [])));
    return new Set(seen.flat());
  }

  /** A student whom the viewer may see; null when there is none. */
  async seen(context: RequestContext, studentId: string): Promise<Student | null> {
    const [student, seen] = await Promise.all([
      context.loader(studentsById).load(studentId),
      this.maySee(context, [studentId]),
    ]);
    return seen.has(studentId) ? student : null;
  }

  /** @throws Refusal NOT_FOUND when there is no such student whom the viewer may see */
  async requireSeen(
    context: RequestContext,
    studentId: string,
    field: readonly string[] = ['input', 'studentId'],
  ): Promise<Student> {
    const student = await this.seen(context, studentId);
    if (!student) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
    return student;
  }

  /** Whose students the viewer sees beside themselves. */
  scopeOf(context: RequestContext): StudentScope {
    return scopeOf(context);
  }

  /**
   * A condition of SQL that holds for students whom the viewer may see.
   *
   * @param student the column with the student's id
   */
  visible(context: RequestContext, student: RawBuilder<unknown> = sql`t.id`): RawBuilder<boolean> {
    return visible(context, student);
  }
}

function scopeOf(context: RequestContext): StudentScope {
  const { viewer } = context;
  if (context.isService || context.can('learning.students.read')) return { kind: 'all' };
  if (viewer.kind === 'user' && context.can('learning.students.curate')) {
    return { kind: 'curator', userId: viewer.userId };
  }
  return { kind: 'none' };
}

function visible(context: RequestContext, student: RawBuilder<unknown> = sql`t.id`): RawBuilder<boolean> {
  const scope = scopeOf(context);
  if (scope.kind === 'all') return sql`true`;
  const { viewer } = context;
  if (viewer.kind !== 'user') return sql`false`;
  const own = sql`select own.id from learning.students own where own.user_id = ${viewer.userId}::uuid`;
  if (scope.kind === 'none') return sql`${student} = (${own})`;
  // A set that is made once: by an `or` of conditions everybody in the school would be looked at.
  return sql`${student} in (${own} union all
    select guided.student_id from learning.enrollments guided
      join learning.cohorts led on led.id = guided.cohort_id
     where led.curator_id = ${scope.userId}::uuid)`;
}
