import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { Cohort } from './cohort.entity.js';
import type { CohortOrder } from './cohort.rules.js';

type Given<Value> = Value | null | undefined;

/** Which cohorts; conditions add up. */
export interface CohortSearch {
  courseId?: Given<string>;
  curatorId?: Given<string>;
  startsFrom?: Given<Date>;
  hasSeats?: Given<boolean>;
}

/** Cohorts by id, batched; whoever asks checks who may see them. */
export const cohortsById = defineLoader<string, Cohort | null>(
  async ({ em }, ids) => {
    const cohorts = await em.find(Cohort, { id: { $in: ids.filter(isId) } });
    return new Map(cohorts.map((cohort) => [cohort.id, cohort]));
  },
  { absent: () => null },
);

/** A cohort, locked against every other change until the transaction ends. */
export function lockCohort(tx: EntityManager, id: string): Promise<Cohort | null> {
  return isId(id) ? tx.findOne(Cohort, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : Promise.resolve(null);
}

const byId = (direction: 'asc' | 'desc'): SortKey => ({ expression: sql`t.id`, type: 'uuid', direction });
// A day has no type of its own among keys; the texts of days are ordered as the days are.
const byStart = (direction: 'asc' | 'desc'): SortKey => ({
  expression: sql`to_char(t.starts_on, 'YYYY-MM-DD')`,
  type: 'text',
  direction,
});
const ORDERS: Readonly<Record<CohortOrder, readonly SortKey[]>> = {
  STARTS_FIRST: [byStart('asc'), byId('asc')],
  STARTS_LAST: [byStart('desc'), byId('desc')],
  NEWEST_FIRST: [{ expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' }, byId('desc')],
};

/** A page of the cohorts for which `visible` holds. */
export function findCohorts(
  em: EntityManager,
  visible: RawBuilder<boolean>,
  { courseId, curatorId, startsFrom, hasSeats }: CohortSearch,
  order: CohortOrder,
  page: PageRequest,
): Promise<Connection<Cohort>> {
  const conditions: RawBuilder<unknown>[] = [visible];
  if (courseId) conditions.push(isId(courseId) ? sql`t.course_id = ${courseId}` : sql`false`);
  if (curatorId) conditions.push(isId(curatorId) ? sql`t.curator_id = ${curatorId}` : sql`false`);
  if (startsFrom) conditions.push(sql`t.starts_on >= ${startsFrom.toISOString().slice(0, 10)}::date`);
  if (hasSeats) conditions.push(sql`(t.capacity is null or t.member_count < t.capacity)`);
  const from = sql`from learning.cohorts t where ${sql.join(conditions, sql` and `)}`;
  return keysetPage(em, { entity: Cohort, from, order: ORDERS[order] }, page);
}
