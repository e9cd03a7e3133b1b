import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import { lockStudents } from '../students/student.repository.js';
import { Enrollment } from './enrollment.entity.js';

/** Enrolments by id, batched; whoever asks checks who may see them. */
export const enrollmentsById = defineLoader<string, Enrollment | null>(
  async ({ em }, ids) => {
    const enrollments = await em.find(Enrollment, { id: { $in: ids.filter(isId) } });
    return new Map(enrollments.map((enrollment) => [enrollment.id, enrollment]));
  },
  { absent: () => null },
);

/** An enrolment as it is now, locked together with its student until the transaction ends. */
export interface LockedEnrollment {
  enrollment: Enrollment;
  /** The student's account, if they have one. */
  userId: string | null;
}

/** Locks an enrolment and, before it, its student; null when there is none. @see lockStudents */
export async function lockEnrollment(tx: EntityManager, id: string): Promise<LockedEnrollment | null> {
  const known = isId(id) ? await tx.findOne(Enrollment, { id }) : null;
  if (!known) return null;
  await tx.flush();
  const accounts = await lockStudents(tx, [known.studentId]);
  const enrollment = await tx.findOne(Enrollment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  return enrollment && { enrollment, userId: accounts.get(enrollment.studentId) ?? null };
}

/** All enrolments of each student, the newest first, batched; whoever asks checks who may see the student. */
export const enrollmentsOfStudent = defineLoader<string, Enrollment[]>(
  async ({ em }, ids) => {
    const enrollments = await em.find(
      Enrollment,
      { studentId: { $in: [...ids] } },
      { orderBy: { enrolledAt: 'desc', id: 'desc' } },
    );
    return Map.groupBy(enrollments, ({ studentId }) => studentId);
  },
  { absent: () => [] },
);

/** A page of each student's enrolments, the newest first; whoever asks checks who may see the student. */
export const enrollmentPages = defineNestedPages<Enrollment>(() => ({
  entity: Enrollment,
  from: sql`from learning.enrollments t where true`,
  parent: sql`t.student_id`,
  order: [
    { expression: sql`t.enrolled_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ],
}));
