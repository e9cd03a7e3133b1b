import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { aboutEnrollment } from '../enrollments/about-enrollment.js';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import type { homeworkSubmitted } from '../events.js';
import { Student } from '../students/student.entity.js';
import { HomeworkAssignment } from './homework-assignment.entity.js';
import { Submission } from './submission.entity.js';
import type { SubmissionStatus } from './submission.rules.js';

/** The assignment as it is now, locked until the transaction ends; whoever changes a submission locks its assignment. */
export async function lockAssignment(tx: EntityManager, id: string): Promise<HomeworkAssignment | null> {
  if (!isId(id)) return null;
  return tx.findOne(HomeworkAssignment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** A submission with its assignment, which is locked; null when there is none. */
export async function lockSubmission(
  tx: EntityManager,
  id: string,
): Promise<{ submission: Submission; assignment: HomeworkAssignment } | null> {
  const known = isId(id) ? await tx.findOne(Submission, { id }) : null;
  const assignment = known && (await lockAssignment(tx, known.assignmentId));
  if (!assignment) return null;
  return { assignment, submission: await tx.findOneOrFail(Submission, { id }, { refresh: true }) };
}

/** The newest version of an assignment; null before the first. */
export function findNewest(tx: EntityManager, { id, version }: HomeworkAssignment): Promise<Submission | null> {
  return tx.findOne(Submission, { assignmentId: id, version }, { refresh: true });
}

/** Gives a submission another status, and its assignment with it. */
export function place(
  assignment: HomeworkAssignment,
  submission: Submission,
  status: SubmissionStatus,
  at: Date,
): void {
  submission.status = status;
  submission.revision += 1;
  submission.updatedAt = at;
  assignment.status = status;
  assignment.version = submission.version;
  assignment.updatedAt = at;
}

type HomeworkEvent = Pick<typeof homeworkSubmitted, 'create'>;

/** Whom something about an assignment concerns, as events say it. */
export async function concernsOf(tx: EntityManager, assignment: HomeworkAssignment) {
  const { id: assignmentId, studentId, enrollmentId, homeworkId } = assignment;
  const enrollment = await tx.findOneOrFail(Enrollment, { id: enrollmentId });
  const { userId = null } = await tx.findOneOrFail(Student, { id: studentId });
  return { enrollment, about: { ...aboutEnrollment(enrollment, userId), homeworkId, assignmentId } };
}

/** Tells of a submission or an assignment. */
export async function tell(
  tx: EntityManager,
  assignment: HomeworkAssignment,
  event: HomeworkEvent,
  subject: string,
): Promise<void> {
  const { about } = await concernsOf(tx, assignment);
  recordEvent(tx, event.create({ subject, data: about }));
}
