import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { LearningErrorCode } from '../errors.js';
import { enrollmentMoved } from '../events.js';
import type { Accounts } from '../people/accounts.js';
import { ensureStudent } from '../students/ensure-student.js';
import { Student } from '../students/student.entity.js';
import { aboutEnrollment } from './about-enrollment.js';
import type { Enrollment } from './enrollment.entity.js';
import { enrollmentMove, staffEnrollment } from './enrollment.inputs.js';
import { lockEnrollment } from './enrollment.repository.js';
import { onceEnrolled, requireCourse, unlessFull } from './enrollment.service.js';
import { placeEnrollment, requireCohort } from './place-enrollment.js';

/** What staff does with enrolments of others. */
export class EnrollmentDesk {
  constructor(private readonly accounts: Accounts) {}

  /**
   * Enrols a student, or somebody with an account who becomes one, whatever the course's policy is.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, ENROLLMENT_CLOSED, ALREADY_ENROLLED, COHORT_FULL, IDEMPOTENCY_KEY_REUSED
   */
  async enroll(context: RequestContext, input: unknown): Promise<{ enrollment: Enrollment }> {
    const { idempotencyKey: key, ...wanted } = accept(staffEnrollment, input, context.locale);
    const { studentId, userId, courseId, cohortId } = wanted;
    if (userId && !(await this.accounts.exists(userId))) {
      throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'userId']);
    }
    const call = { viewerId: context.user.userId, mutation: 'enrollStudent', key, input: wanted };
    return unlessFull(() =>
      transaction(context.em, (tx) =>
        onceEnrolled(tx, call, async () => {
          const at = new Date();
          const course = await requireCourse(tx, courseId);
          const student = userId
            ? await ensureStudent(tx, userId, 'STAFF', at)
            : await requireStudent(tx, studentId ?? '');
          const placed = await placeEnrollment(tx, { studentId: student, course, cohortId, source: 'STAFF' }, at);
          if (!placed.isNew) throw new Refusal<LearningErrorCode>('ALREADY_ENROLLED', ['input', 'courseId']);
          const { id: resourceId } = placed.enrollment;
          const about = { resource: 'Enrollment', resourceId, userId: userId ?? null };
          recordStaffAction(tx, context, { action: 'learning.enrollment.create', ...about });
          return placed.enrollment;
        }),
      ),
    );
  }

  /** Puts an enrolment into another cohort of its course, or into none. @throws Refusal NOT_FOUND, COHORT_FULL */
  async move(context: RequestContext, input: unknown): Promise<{ enrollment: Enrollment }> {
    const { enrollmentId, cohortId } = accept(enrollmentMove, input, context.locale);
    return unlessFull(() =>
      transaction(context.em, async (tx) => {
        const locked = await lockEnrollment(tx, enrollmentId);
        if (!locked) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'enrollmentId']);
        const { enrollment, userId } = locked;
        if (cohortId) await requireCohort(tx, cohortId, enrollment.courseId);
        if ((enrollment.cohortId ?? null) === cohortId) return { enrollment };
        enrollment.cohortId = cohortId;
        enrollment.updatedAt = new Date();
        const about = aboutEnrollment(enrollment, userId);
        recordEvent(tx, enrollmentMoved.create({ subject: enrollment.id, data: about }));
        const action = { action: 'learning.enrollment.move', resource: 'Enrollment', fields: ['cohort'] } as const;
        recordStaffAction(tx, context, { ...action, resourceId: enrollment.id, userId });
        return { enrollment };
      }),
    );
  }
}

async function requireStudent(tx: EntityManager, id: string): Promise<string> {
  if (isId(id) && (await tx.count(Student, { id })) > 0) return id;
  throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'studentId']);
}
