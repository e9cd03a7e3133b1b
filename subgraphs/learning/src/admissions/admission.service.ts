import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { refusing } from '../constraints.js';
import type { LearningErrorCode } from '../errors.js';
import { Student } from '../students/student.entity.js';
import { lockStudents } from '../students/student.repository.js';
import { studentChange, studentImport } from './admission.inputs.js';
import { againWhenOvertaken } from './claim-student.js';
import type { FindAccountsJob } from './find-accounts.job.js';
import { type ImportOutcome, importStudents } from './import-students.js';

/** Undoes what was only tried. */
class DryRun extends Error {
  constructor(readonly outcome: ImportOutcome) {
    super('A dry run ends without a commit');
  }
}

/** How students come from another system, and what staff writes about them. */
export class AdmissionService {
  constructor(private readonly findAccounts: FindAccountsJob) {}

  /** @throws Refusal as {@link importStudents}, and INVALID_INPUT, COHORT_FULL */
  async import(context: RequestContext, input: unknown): Promise<ImportOutcome> {
    const { rows, dryRun } = accept(studentImport, input, context.locale);
    try {
      return await refusing({ cohorts_seats_check: ['COHORT_FULL', 'rows'] }, () =>
        againWhenOvertaken(() =>
          transaction(context.em, async (tx) => {
            const outcome = await importStudents(tx, rows, new Date());
            if (dryRun) throw new DryRun(outcome);
            const unclaimed = outcome.students.filter(({ student }) => student.email && !student.userId);
            const studentIds = unclaimed.map(({ student }) => student.id);
            if (studentIds.length > 0) await enqueue(tx, this.findAccounts, { studentIds });
            const action = { action: 'learning.student.import', resource: 'StudentImport' } as const;
            recordStaffAction(tx, context, { ...action, resourceId: newId() });
            return outcome;
          }),
        ),
      );
    } catch (error) {
      if (error instanceof DryRun) return error.outcome;
      throw error;
    }
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, ALREADY_CLAIMED for the address of whoever has come, EMAIL_TAKEN, EXTERNAL_ID_TAKEN */
  async update(context: RequestContext, input: unknown): Promise<{ student: Student }> {
    const { studentId, name, email, externalId } = accept(studentChange, input, context.locale);
    return refusing(
      {
        students_unclaimed_email_unique: ['EMAIL_TAKEN', 'email'],
        students_external_unique: ['EXTERNAL_ID_TAKEN', 'externalId'],
      },
      () =>
        transaction(context.em, async (tx) => {
          const found = isId(studentId) ? (await lockStudents(tx, [studentId])).size > 0 : false;
          if (!found) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'studentId']);
          const student = await tx.findOneOrFail(Student, { id: studentId }, { refresh: true });
          if (email && student.userId) throw new Refusal<LearningErrorCode>('ALREADY_CLAIMED', ['input', 'email']);
          if (name !== undefined) student.name = name;
          if (email !== undefined) student.email = email;
          if (externalId !== undefined) student.externalId = externalId;
          student.updatedAt = new Date();
          if (email) await enqueue(tx, this.findAccounts, { studentIds: [studentId] });
          const fields = Object.entries({ name, email, externalId }).flatMap(([key, value]) =>
            value === undefined ? [] : [key],
          );
          const about = { resource: 'Student', resourceId: studentId, userId: student.userId ?? null, fields };
          recordStaffAction(tx, context, { action: 'learning.student.update', ...about });
          return { student };
        }),
    );
  }
}
