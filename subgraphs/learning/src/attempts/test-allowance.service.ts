import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { z } from 'zod';
import { requireEnrollment } from '../enrollments/enrollment-access.js';
import type { LearningErrorCode } from '../errors.js';
import { reference } from '../input.rules.js';
import type { StudentAccess } from '../students/student-access.js';
import type { Test } from '../tests/test.entity.js';
import { findTest } from '../tests/test.repository.js';
import { TestAllowance } from './test-allowance.entity.js';

const grant = z.object({
  studentId: reference,
  testId: reference,
  extraAttempts: z.int().min(0).max(20).nullish(),
  extraMinutes: z.int().min(0).max(480).nullish(),
  waivesPause: z.boolean().nullish(),
});

/** What curators grant students at tests beyond the rules. */
export class TestAllowanceService {
  constructor(private readonly access: StudentAccess) {}

  /** @throws Refusal NOT_FOUND, NOT_ENROLLED, OWN_ALLOWANCE */
  async grant(context: RequestContext, input: unknown): Promise<TestAllowance> {
    const { studentId, testId, ...granted } = accept(grant, input, context.locale);
    const student = await this.access.requireSeen(context, studentId);
    if (student.userId && context.isUser(student.userId)) {
      throw new Refusal<LearningErrorCode>('OWN_ALLOWANCE', ['input', 'studentId']);
    }
    const test = await findTest(context.em, testId);
    if (!test) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'testId']);
    const enrollment = await requireEnrollment(context.em, student.id, { lessonId: test.lessonId });
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const action = 'learning.test.grant-allowance';
      const { id: resourceId } = test;
      recordStaffAction(tx, context, { action, resource: 'Test', resourceId, userId: student.userId ?? null });
      await extendRunning(tx, enrollment.id, test, granted.extraMinutes ?? 0);
      return tx.upsert(TestAllowance, {
        ...{ enrollmentId: enrollment.id, testId: test.id },
        ...{ extraAttempts: granted.extraAttempts ?? 0, extraMinutes: granted.extraMinutes ?? 0 },
        ...{ pauseWaivedAt: granted.waivesPause ? now : null, grantedBy: context.user.userId, updatedAt: now },
      });
    });
  }
}

/** Whoever is in the middle of an attempt has the time, too; nobody loses any. */
async function extendRunning(
  tx: EntityManager,
  enrollmentId: string,
  { id: testId, timeLimitMinutes }: Test,
  extraMinutes: number,
): Promise<void> {
  if (!timeLimitMinutes) return;
  await sql`update learning.attempts
    set deadline_at = greatest(deadline_at, started_at + make_interval(mins => ${timeLimitMinutes + extraMinutes}))
    where enrollment_id = ${enrollmentId} and test_id = ${testId} and status = 'RUNNING'`.execute(tx.getKysely());
}
