import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { Cohort } from '../cohorts/cohort.entity.js';
import { type Course, CourseVersion } from '../courses/course.entity.js';
import type { LearningErrorCode } from '../errors.js';
import { enrollmentStarted } from '../events.js';
import { lockStudents } from '../students/student.repository.js';
import type { StudentSource } from '../students/student.rules.js';
import { refreshStudentStatus } from '../students/student-status.js';
import { aboutEnrollment } from './about-enrollment.js';
import { Enrollment } from './enrollment.entity.js';
import { moveEnrollment } from './enrollment.transitions.js';

/** Who is to learn what. */
export interface Placement {
  studentId: string;
  course: Pick<Course, 'id' | 'archivedAt'>;
  /** Null for none, undefined for the one that they had. */
  cohortId?: string | null | undefined;
  source: StudentSource;
  /** What was paid for it. */
  paymentId?: string | null;
}

/** What became of a placement. */
export interface Placed {
  enrollment: Enrollment;
  /** Do they learn it since now? False when they did already. */
  isNew: boolean;
}

/**
 * Enrols a student in the version that is published now, or has somebody go on who had left, in the version that they had. Who
 * learns the course already, or has completed it, stays as they are. It locks the student.
 *
 * @throws Refusal NOT_FOUND for a cohort of another course, ENROLLMENT_CLOSED when nothing is published or the course is archived;
 * the database refuses a cohort that is full (`cohorts_seats_check`)
 */
export async function placeEnrollment(tx: EntityManager, placement: Placement, at: Date): Promise<Placed> {
  const { studentId, course, source, paymentId } = placement;
  const userId = (await lockStudents(tx, [studentId])).get(studentId) ?? null;
  const cohortId = await cohortOf(tx, placement);
  const known = await tx.findOne(Enrollment, { studentId, courseId: course.id }, { refresh: true });
  if (known && known.status !== 'DROPPED') {
    known.paymentId ??= paymentId ?? null;
    return { enrollment: known, isNew: false };
  }
  if (known) {
    if (cohortId !== undefined) known.cohortId = cohortId;
    if (paymentId) known.paymentId = paymentId;
    await moveEnrollment(tx, known, 'ACTIVE', userId, at);
    return { enrollment: known, isNew: true };
  }
  const enrollment = tx.create(Enrollment, {
    id: newId(),
    studentId,
    courseId: course.id,
    versionId: await publishedVersion(tx, course),
    cohortId: cohortId ?? null,
    status: 'ACTIVE',
    source,
    paymentId: paymentId ?? null,
    enrolledAt: at,
    startedAt: null,
    completedAt: null,
    droppedAt: null,
    updatedAt: at,
  });
  recordEvent(tx, enrollmentStarted.create({ subject: enrollment.id, data: aboutEnrollment(enrollment, userId) }));
  await refreshStudentStatus(tx, [studentId], at);
  return { enrollment, isNew: true };
}

async function cohortOf(tx: EntityManager, { cohortId, course }: Placement): Promise<string | null | undefined> {
  if (!cohortId) return cohortId;
  await requireCohort(tx, cohortId, course.id);
  return cohortId;
}

/** @throws Refusal NOT_FOUND unless the cohort goes through this course */
export async function requireCohort(tx: EntityManager, cohortId: string, courseId: string): Promise<void> {
  const found = isId(cohortId) && (await tx.count(Cohort, { id: cohortId, courseId })) > 0;
  if (!found) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'cohortId']);
}

async function publishedVersion(tx: EntityManager, { id, archivedAt }: Placement['course']): Promise<string> {
  const version = archivedAt ? null : await tx.findOne(CourseVersion, { courseId: id, status: 'PUBLISHED' });
  if (!version) throw new Refusal<LearningErrorCode>('ENROLLMENT_CLOSED', ['input', 'courseId']);
  return version.id;
}
