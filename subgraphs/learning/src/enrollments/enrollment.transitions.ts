import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { enrollmentCompleted, enrollmentDropped, enrollmentResumed } from '../events.js';
import { refreshStudentStatus } from '../students/student-status.js';
import { aboutEnrollment } from './about-enrollment.js';
import type { Enrollment } from './enrollment.entity.js';
import { type EnrollmentStatus, mayEnrollmentBecome } from './enrollment.rules.js';

const EVENTS = { COMPLETED: enrollmentCompleted, DROPPED: enrollmentDropped, ACTIVE: enrollmentResumed } as const;

/**
 * Moves an enrolment on, tells so, and brings the student's status up to date. Student and enrolment must be locked.
 *
 * @param userId the student's account
 * @returns false, and changes nothing, when the transition table does not allow it
 */
export async function moveEnrollment(
  tx: EntityManager,
  enrollment: Enrollment,
  to: EnrollmentStatus,
  userId: string | null,
  at: Date,
): Promise<boolean> {
  if (!mayEnrollmentBecome(enrollment.status, to)) return false;
  enrollment.status = to;
  enrollment.completedAt = to === 'COMPLETED' ? at : null;
  enrollment.droppedAt = to === 'DROPPED' ? at : null;
  enrollment.updatedAt = at;
  recordEvent(tx, EVENTS[to].create({ subject: enrollment.id, data: aboutEnrollment(enrollment, userId) }));
  await refreshStudentStatus(tx, [enrollment.studentId], at);
  return true;
}
