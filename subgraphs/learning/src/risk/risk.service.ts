import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { z } from 'zod';
import type { StudentAccess } from '../students/student-access.js';
import type { RetrainRiskJob } from './retrain-risk.job.js';
import { type RiskDay, type RiskModelRow, type RiskScore, RiskThresholdsRow } from './risk.entity.js';
import {
  findModels,
  findRisks,
  findThresholds,
  highestRisks,
  type RiskSearch,
  riskDays,
  risksOfEnrollments,
} from './risk.repository.js';
import type { Thresholds } from './risk.rules.js';
import type { RiskModels } from './risk-models.js';

const thresholds = z
  .object({ watchFrom: z.int().min(1).max(99), atRiskFrom: z.int().min(2).max(100), quietDays: z.int().min(0).max(90) })
  .refine(({ watchFrom, atRiskFrom }) => watchFrom < atRiskFrom, { path: ['watchFrom'] });

const MOST_DAYS = 366;

/** Who is in danger of giving up, for whoever can do something about it. */
export class RiskService {
  constructor(
    private readonly access: StudentAccess,
    private readonly models: RiskModels,
    private readonly retrainJob: RetrainRiskJob,
  ) {}

  /** The highest risk of a student; null when there is none or the viewer is not of their staff. */
  async ofStudent(context: RequestContext, studentId: string): Promise<RiskScore | null> {
    return (await this.mayKnow(context, studentId)) ? context.loader(highestRisks).load(studentId) : null;
  }

  /** The risk of an enrolment, likewise. */
  async ofEnrollment(
    context: RequestContext,
    { id, studentId }: { id: string; studentId: string },
  ): Promise<RiskScore | null> {
    return (await this.mayKnow(context, studentId)) ? context.loader(risksOfEnrollments).load(id) : null;
  }

  /** The risk day by day; whoever sees the risk sees this. */
  async history(context: RequestContext, { enrollmentId }: RiskScore, days: number): Promise<RiskDay[]> {
    const asked = Math.min(Math.max(1, days), MOST_DAYS);
    return context.loader(riskDays).load({ enrollmentId, days: asked, now: new Date() });
  }

  /** Those whom the viewer sees, the highest risk first. */
  atRisk(context: RequestContext, search: RiskSearch, page: PageRequest): Promise<Connection<RiskScore>> {
    return findRisks(context.em, this.access.visible(context, sql`t.student_id`), search, page);
  }

  thresholds(em: EntityManager): Promise<Thresholds> {
    return findThresholds(em);
  }

  /** Sets thresholds; they hold for whoever is scored from now on. @throws Refusal INVALID_INPUT */
  async setThresholds(context: RequestContext, input: unknown): Promise<{ thresholds: Thresholds }> {
    const wanted = accept(thresholds, input, context.locale);
    return transaction(context.em, async (tx) => {
      const row = tx.create(RiskThresholdsRow, { id: newId(), ...wanted, setAt: new Date() });
      const action = 'learning.risk.set-thresholds';
      recordStaffAction(tx, context, { action, resource: 'RiskThresholds', resourceId: row.id });
      return { thresholds: wanted };
    });
  }

  /** Begins to train on the school's own outcomes. */
  async retrain(context: RequestContext): Promise<object> {
    const modelId = newId();
    return transaction(context.em, async (tx) => {
      await enqueue(tx, this.retrainJob, { modelId, by: context.user.userId });
      const action = 'learning.risk.retrain';
      recordStaffAction(tx, context, { action, resource: 'RiskModel', resourceId: modelId });
      return {};
    });
  }

  /** Goes back to the model that comes with the program. Twice is once. */
  async takeBack(context: RequestContext): Promise<object> {
    return transaction(context.em, async (tx) => {
      const id = await this.models.dismiss(tx);
      const action = 'learning.risk.take-model-back';
      if (id) recordStaffAction(tx, context, { action, resource: 'RiskModel', resourceId: id });
      return {};
    });
  }

  trained(context: RequestContext, page: PageRequest): Promise<Connection<RiskModelRow>> {
    return findModels(context.em, page);
  }

  /** A student's own risk is not theirs to read: a number would discourage whom it is to help. */
  private async mayKnow(context: RequestContext, studentId: string): Promise<boolean> {
    if (this.access.scopeOf(context).kind === 'none') return false;
    return (await this.access.maySee(context, [studentId])).has(studentId);
  }
}
