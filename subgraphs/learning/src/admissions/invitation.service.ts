import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { requireCourse, unlessFull } from '../enrollments/enrollment.service.js';
import { placeEnrollment } from '../enrollments/place-enrollment.js';
import type { LearningErrorCode } from '../errors.js';
import { studentAdded, studentInvited } from '../events.js';
import { Student } from '../students/student.entity.js';
import { lockStudents } from '../students/student.repository.js';
import { invitationCode, newInvitation } from './admission.inputs.js';
import { againWhenOvertaken, claimStudent } from './claim-student.js';
import type { FindAccountsJob } from './find-accounts.job.js';
import { StudentInvitation } from './invitation.entity.js';
import { findInvitationToSend, findOpenInvitation, type InvitationToSend } from './invitation.repository.js';
import { INVITATION_DAYS, type InvitationLanguage } from './invitation.rules.js';
import type { InvitationCodes } from './invitation-codes.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How people come who have no account yet. */
export class InvitationService {
  constructor(
    private readonly codes: InvitationCodes,
    private readonly findAccounts: FindAccountsJob,
  ) {}

  /**
   * Invites somebody by mail, and enrols them if a course is named; a former invitation is good no longer.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, ALREADY_CLAIMED, NO_ADDRESS, ENROLLMENT_CLOSED, COHORT_FULL
   */
  invite(context: RequestContext, input: unknown): Promise<{ student: Student }> {
    const { studentId, email, name, language, courseId, cohortId } = accept(newInvitation, input, context.locale);
    return unlessFull(() =>
      againWhenOvertaken(() =>
        transaction(context.em, async (tx) => {
          const at = new Date();
          const student = email ? await byAddress(tx, email, name ?? null, at) : await known(tx, studentId ?? '');
          if (courseId) {
            const course = await requireCourse(tx, courseId);
            await placeEnrollment(tx, { studentId: student.id, course, cohortId, source: 'STAFF' }, at);
          }
          await this.issue(tx, student, language, context.user.userId, at);
          await enqueue(tx, this.findAccounts, { studentIds: [student.id] });
          const action = { action: 'learning.student.invite', resource: 'Student', resourceId: student.id } as const;
          recordStaffAction(tx, context, action);
          // Their status was written by a statement.
          await tx.refresh(student);
          return { student };
        }),
      ),
    );
  }

  /** Takes the place that one was invited to. @throws Refusal INVALID_INPUT, CODE_INVALID, ALREADY_CLAIMED */
  claim(context: RequestContext, input: unknown): Promise<{ student: Student }> {
    const { code } = accept(invitationCode, input, context.locale);
    const { userId } = context.user;
    return againWhenOvertaken(() =>
      transaction(context.em, async (tx) => {
        const at = new Date();
        const invitation = await findOpenInvitation(tx, this.codes.hashOf(code), at);
        if (!invitation) throw new Refusal<LearningErrorCode>('CODE_INVALID', ['input', 'code']);
        const student = await claimStudent(tx, invitation.studentId, userId, at);
        if (!student) throw new Refusal<LearningErrorCode>('ALREADY_CLAIMED', ['input', 'code']);
        return { student };
      }),
    );
  }

  /** What messaging is to send to a student who was invited; null when they have come, or it is too old. */
  async message(context: RequestContext, studentId: string): Promise<(InvitationToSend & { code: string }) | null> {
    const found = isId(studentId) ? await findInvitationToSend(context.em, studentId, new Date()) : null;
    return found && { ...found, code: this.codes.codeOf(found.id) };
  }

  private async issue(
    tx: EntityManager,
    { id: studentId }: Student,
    language: InvitationLanguage,
    invitedBy: string,
    at: Date,
  ): Promise<void> {
    await tx.nativeUpdate(StudentInvitation, { studentId, claimedAt: null, revokedAt: null }, { revokedAt: at });
    const id = newId();
    tx.create(StudentInvitation, {
      ...{ id, studentId, codeHash: this.codes.hashOf(this.codes.codeOf(id)), language, invitedBy, createdAt: at },
      ...{ expiresAt: new Date(at.getTime() + INVITATION_DAYS * DAY_MS), claimedAt: null, revokedAt: null },
    });
    recordEvent(tx, studentInvited.create({ subject: studentId, data: { studentId, userId: null } }));
    await tx.flush();
  }
}

/** Somebody with this address, locked; made if there is nobody. */
async function byAddress(tx: EntityManager, email: string, name: string | null, at: Date): Promise<Student> {
  const student = await tx.findOne(Student, { email, userId: null });
  if (student) return lock(tx, student.id);
  const source = 'STAFF';
  const made = tx.create(Student, {
    ...{ id: newId(), userId: null, name, email, externalId: null, accountName: null },
    ...{ source, status: 'ACTIVE', lastActiveAt: null, createdAt: at, updatedAt: at },
  });
  recordEvent(tx, studentAdded.create({ subject: made.id, data: { studentId: made.id, userId: null, source } }));
  await tx.flush();
  return made;
}

async function known(tx: EntityManager, id: string): Promise<Student> {
  const student = isId(id) ? await lock(tx, id) : null;
  if (!student) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'studentId']);
  if (student.userId) throw new Refusal<LearningErrorCode>('ALREADY_CLAIMED', ['input', 'studentId']);
  if (!student.email) throw new Refusal<LearningErrorCode>('NO_ADDRESS', ['input', 'studentId']);
  return student;
}

async function lock(tx: EntityManager, id: string): Promise<Student> {
  await lockStudents(tx, [id]);
  const student = await tx.findOne(Student, { id }, { refresh: true });
  if (!student) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'studentId']);
  if (student.userId) throw new Refusal<LearningErrorCode>('ALREADY_CLAIMED');
  return student;
}
