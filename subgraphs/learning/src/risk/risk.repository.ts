import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { RiskDay, RiskModelRow, RiskScore, RiskThresholdsRow } from './risk.entity.js';
import { type RiskLevel, type Thresholds, USUAL_THRESHOLDS } from './risk.rules.js';

type Given<Value> = Value | null | undefined;

/** Whose risk; conditions add up. */
export interface RiskSearch {
  /** @default WATCH */
  atLeast?: Given<RiskLevel>;
  courseId?: Given<string>;
  cohortId?: Given<string>;
  curatorId?: Given<string>;
}

/** From which scores on the school does something. */
export async function findThresholds(em: EntityManager): Promise<Thresholds> {
  const [newest] = await em.find(RiskThresholdsRow, {}, { orderBy: { setAt: 'desc', id: 'desc' }, limit: 1 });
  return newest ?? USUAL_THRESHOLDS;
}

/** The highest risk among the courses that each student learns, batched; whoever asks checks who may know. */
export const highestRisks = defineLoader<string, RiskScore | null>(
  async ({ em }, studentIds) => {
    const scores = await em.find(RiskScore, { studentId: { $in: [...studentIds] } }, { orderBy: { score: 'asc' } });
    return new Map(scores.map((score) => [score.studentId, score]));
  },
  { absent: () => null },
);

/** The risk of each enrolment, batched; whoever asks checks who may know. */
export const risksOfEnrollments = defineLoader<string, RiskScore | null>(
  async ({ em }, enrollmentIds) => {
    const scores = await em.find(RiskScore, { enrollmentId: { $in: [...enrollmentIds] } });
    return new Map(scores.map((score) => [score.enrollmentId, score]));
  },
  { absent: () => null },
);

/** Days of each enrolment's risk, the first first, batched. */
export const riskDays = defineLoader<{ enrollmentId: string; days: number; now: Date }, RiskDay[]>(
  async ({ em }, keys) => {
    const longest = Math.max(...keys.map(({ days }) => days));
    const now = keys[0]?.now ?? new Date();
    const from = new Date(now.getTime() - longest * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const enrollmentIds = [...new Set(keys.map(({ enrollmentId }) => enrollmentId))];
    const found = await em.find(
      RiskDay,
      { enrollmentId: { $in: enrollmentIds }, day: { $gt: from } },
      { orderBy: { day: 'asc' } },
    );
    const byEnrollment = Map.groupBy(found, ({ enrollmentId }) => enrollmentId);
    return new Map(
      keys.map((key) => {
        const first = new Date(key.now.getTime() - key.days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
        const days = (byEnrollment.get(key.enrollmentId) ?? []).filter(({ day }) => day > first);
        return [keyOf(key), days];
      }),
    );
  },
  { absent: () => [], keyOf },
);

function keyOf({ enrollmentId, days }: { enrollmentId: string; days: number }): string {
  return `${enrollmentId} ${days}`;
}

/** A page of risks of students for whom `visible` holds, the highest first. */
export function findRisks(
  em: EntityManager,
  visible: RawBuilder<boolean>,
  { atLeast, courseId, cohortId, curatorId }: RiskSearch,
  page: PageRequest,
): Promise<Connection<RiskScore>> {
  const levels: RiskLevel[] = atLeast === 'LOW' ? ['LOW', 'WATCH', 'AT_RISK'] : ['WATCH', 'AT_RISK'];
  const conditions = [visible, sql`t.level = any (${atLeast === 'AT_RISK' ? ['AT_RISK'] : levels}::text[])`];
  const id = (value: string) => (isId(value) ? sql`${value}::uuid` : sql`null::uuid`);
  if (courseId) conditions.push(sql`e.course_id = ${id(courseId)}`);
  if (cohortId) conditions.push(sql`e.cohort_id = ${id(cohortId)}`);
  if (curatorId) conditions.push(sql`c.curator_id = ${id(curatorId)}`);
  const from = sql`from learning.risk_scores t join learning.enrollments e on e.id = t.enrollment_id and e.status = 'ACTIVE'
    left join learning.cohorts c on c.id = e.cohort_id where ${sql.join(conditions, sql` and `)}`;
  const order = [
    { expression: sql`t.score`, type: 'integer', direction: 'desc' },
    { expression: sql`t.enrollment_id`, type: 'uuid', direction: 'desc' },
  ] as const;
  return keysetPage(em, { entity: RiskScore, from, order }, page);
}

/** A page of the models that were trained on the school's own outcomes, the newest first. */
export function findModels(em: EntityManager, page: PageRequest): Promise<Connection<RiskModelRow>> {
  const order = [
    { expression: sql`t.trained_at`, type: 'timestamptz', direction: 'desc' },
    { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
  ] as const;
  return keysetPage(em, { entity: RiskModelRow, from: sql`from learning.risk_models t where true`, order }, page);
}
