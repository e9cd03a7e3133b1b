import type { EntityManager } from '@mikro-orm/postgresql';
import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { studentClaimed } from '../events.js';
import { Student } from '../students/student.entity.js';
import { findStudentOf, lockStudents } from '../students/student.repository.js';
import { StudentInvitation } from './invitation.entity.js';
import { mergeStudents } from './merge-students.js';

const MOST_TRIES = 5;

/**
 * Gives somebody who was imported or invited to their account: they become its student, or are merged with the one that it has.
 *
 * @returns the account's student; null when there is nobody any more, or another account has claimed them
 */
export async function claimStudent(
  tx: EntityManager,
  studentId: string,
  userId: string,
  at: Date,
): Promise<Student | null> {
  const known = await findStudentOf(tx, userId);
  await lockStudents(tx, known ? [studentId, known.id] : [studentId]);
  const student = await tx.findOne(Student, { id: studentId }, { refresh: true });
  if (!student || student.userId) return student?.userId === userId ? student : null;
  const claimed = known ?? student;
  await tx.nativeUpdate(StudentInvitation, { studentId, claimedAt: null, revokedAt: null }, { claimedAt: at });
  if (known) {
    await tx.refresh(known);
    await mergeStudents(tx, student, known, at);
  } else {
    student.userId = userId;
    student.email = null;
    student.updatedAt = at;
    await tx.flush();
  }
  const data = { studentId: claimed.id, userId };
  recordEvent(tx, studentClaimed.create({ subject: claimed.id, data }));
  // Their status was written by a statement.
  await tx.refresh(claimed);
  return claimed;
}

/**
 * Does again what found somebody missing who has come meanwhile: another one enrolled the account, or imported the address, between
 * look and write.
 */
export async function againWhenOvertaken<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MOST_TRIES || !OVERTAKEN.has(violatedConstraint(error))) throw error;
    }
  }
}

const OVERTAKEN = new Set(['students_user_unique', 'students_unclaimed_email_unique', 'students_external_unique']);
