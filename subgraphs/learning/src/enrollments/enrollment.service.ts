import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { type IdempotentCall, once } from '@tutorgraph/kit/idempotency/idempotency';
import { refusing } from '../constraints.js';
import { Course } from '../courses/course.entity.js';
import type { LearningErrorCode } from '../errors.js';
import { ensureStudent } from '../students/ensure-student.js';
import { findStudentOf } from '../students/student.repository.js';
import { MANAGES } from './enrollment.access.js';
import { Enrollment } from './enrollment.entity.js';
import { enrollmentReference, ownEnrollment } from './enrollment.inputs.js';
import { type LockedEnrollment, lockEnrollment } from './enrollment.repository.js';
import { mayEnrollmentBecome } from './enrollment.rules.js';
import { moveEnrollment } from './enrollment.transitions.js';
import { placeEnrollment } from './place-enrollment.js';

const FULL = { cohorts_seats_check: ['COHORT_FULL', 'cohortId'] } as const;

/** Runs a transaction that puts somebody into a cohort. @throws Refusal COHORT_FULL, which the database decides */
export function unlessFull<Result>(work: () => Promise<Result>): Promise<Result> {
  return refusing(FULL, work);
}

/** Carries out once, for a key of the client's, what gives an enrolment. */
export function onceEnrolled(
  tx: EntityManager,
  call: IdempotentCall,
  work: () => Promise<Enrollment>,
): Promise<{ enrollment: Enrollment }> {
  return once<{ enrollment: Enrollment }, { id: string }>(tx, call, {
    work: async () => ({ enrollment: await work() }),
    reference: ({ enrollment: { id } }) => ({ id }),
    recall: async ({ id }) => ({ enrollment: await tx.findOneOrFail(Enrollment, { id }) }),
  });
}

/** A course that is to be learned. @throws Refusal NOT_FOUND when nobody has published it */
export async function requireCourse(tx: EntityManager, courseId: string): Promise<Course> {
  const course = isId(courseId) ? await tx.findOne(Course, { id: courseId }) : null;
  if (!course) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'courseId']);
  return course;
}

/** What students do with their own enrolments. */
export class EnrollmentService {
  /**
   * Enrols the viewer in an open course; with it they become a student.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, PAYMENT_REQUIRED, ENROLLMENT_CLOSED, ALREADY_ENROLLED, COHORT_FULL,
   * IDEMPOTENCY_KEY_REUSED
   */
  async enroll(context: RequestContext, input: unknown): Promise<{ enrollment: Enrollment }> {
    const { idempotencyKey: key, ...wanted } = accept(ownEnrollment, input, context.locale);
    const { userId: viewerId } = context.user;
    return unlessFull(() =>
      transaction(context.em, (tx) =>
        onceEnrolled(tx, { viewerId, mutation: 'enroll', key, input: wanted }, async () => {
          const course = await requireCourse(tx, wanted.courseId);
          await refuseUnlessOpen(tx, viewerId, course);
          const at = new Date();
          const studentId = await ensureStudent(tx, viewerId, 'SELF', at);
          const { cohortId } = wanted;
          const placed = await placeEnrollment(tx, { studentId, course, cohortId, source: 'SELF' }, at);
          if (!placed.isNew) throw new Refusal<LearningErrorCode>('ALREADY_ENROLLED', ['input', 'courseId']);
          return placed.enrollment;
        }),
      ),
    );
  }

  /** Leaves a course, or takes somebody out of it as staff; twice is once. @throws Refusal NOT_FOUND, ENROLLMENT_COMPLETED */
  async drop(context: RequestContext, input: unknown): Promise<{ enrollment: Enrollment }> {
    const { enrollmentId } = accept(enrollmentReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { enrollment, userId } = await lockOwn(context, tx, enrollmentId);
      if (enrollment.status === 'DROPPED') return { enrollment };
      if (!(await moveEnrollment(tx, enrollment, 'DROPPED', userId, new Date()))) {
        throw new Refusal<LearningErrorCode>('ENROLLMENT_COMPLETED', ['input', 'enrollmentId']);
      }
      auditUnlessOwn(tx, context, 'learning.enrollment.drop', enrollment, userId);
      return { enrollment };
    });
  }

  /**
   * Goes on with a course that was left, in its version, with what was done; twice is once. Where one cannot enrol by oneself
   * (nor has paid), only staff lets somebody back in.
   *
   * @throws Refusal NOT_FOUND, PAYMENT_REQUIRED, ENROLLMENT_CLOSED, COHORT_FULL
   */
  async resume(context: RequestContext, input: unknown): Promise<{ enrollment: Enrollment }> {
    const { enrollmentId } = accept(enrollmentReference, input, context.locale);
    return unlessFull(() =>
      transaction(context.em, async (tx) => {
        const { enrollment, userId } = await lockOwn(context, tx, enrollmentId);
        if (!mayEnrollmentBecome(enrollment.status, 'ACTIVE')) return { enrollment };
        if (!context.can(MANAGES)) await refuseReturn(tx, enrollment);
        await moveEnrollment(tx, enrollment, 'ACTIVE', userId, new Date());
        auditUnlessOwn(tx, context, 'learning.enrollment.resume', enrollment, userId);
        return { enrollment };
      }),
    );
  }
}

/** Of others' enrolments staff alone may change something; that they exist the others do not learn here. */
async function lockOwn(context: RequestContext, tx: EntityManager, id: string): Promise<LockedEnrollment> {
  const locked = await lockEnrollment(tx, id);
  if (locked && ((locked.userId && context.isUser(locked.userId)) || context.can(MANAGES))) return locked;
  throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'enrollmentId']);
}

/** Whoever has a course already hears that, whatever its policy is now. */
async function refuseUnlessOpen(tx: EntityManager, userId: string, course: Course): Promise<void> {
  if (course.enrollmentPolicy === 'OPEN' && !course.archivedAt) return;
  const student = await findStudentOf(tx, userId);
  const known = student && (await tx.findOne(Enrollment, { studentId: student.id, courseId: course.id }));
  if (known && known.status !== 'DROPPED')
    throw new Refusal<LearningErrorCode>('ALREADY_ENROLLED', ['input', 'courseId']);
  throw new Refusal<LearningErrorCode>(closedBy(course), ['input', 'courseId']);
}

async function refuseReturn(tx: EntityManager, { courseId, paymentId }: Enrollment): Promise<void> {
  const course = await tx.findOneOrFail(Course, { id: courseId });
  const isOpen = course.enrollmentPolicy === 'OPEN' && !course.archivedAt;
  if (isOpen || paymentId) return;
  throw new Refusal<LearningErrorCode>(closedBy(course), ['input', 'enrollmentId']);
}

function closedBy({ enrollmentPolicy, archivedAt }: Course): LearningErrorCode {
  return enrollmentPolicy === 'PAID' && !archivedAt ? 'PAYMENT_REQUIRED' : 'ENROLLMENT_CLOSED';
}

function auditUnlessOwn(
  tx: EntityManager,
  context: RequestContext,
  action: 'learning.enrollment.drop' | 'learning.enrollment.resume',
  { id }: Enrollment,
  userId: string | null,
): void {
  if (userId && context.isUser(userId)) return;
  recordStaffAction(tx, context, { action, resource: 'Enrollment', resourceId: id, userId });
}
