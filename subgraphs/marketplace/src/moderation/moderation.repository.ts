import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import { type ContentKind, waitingStatuses } from './moderation.states.js';
import { ModerationCase } from './moderation-case.entity.js';
import { ModerationDecision } from './moderation-decision.entity.js';
import { ProfileText } from './profile-text.entity.js';

/** A case by id. */
export function findCase(em: EntityManager, id: string): Promise<ModerationCase | null> {
  return isId(id) ? em.findOne(ModerationCase, { id }) : Promise.resolve(null);
}

/** A case as it is now, locked until the transaction ends. */
export function lockCase(tx: EntityManager, id: string): Promise<ModerationCase> {
  return tx.findOneOrFail(ModerationCase, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** The newest case about something, locked until the transaction ends; what it is about must be locked before. */
export function lockLatestCase(tx: EntityManager, targetId: string): Promise<ModerationCase | null> {
  return tx.findOne(
    ModerationCase,
    { targetId },
    { orderBy: { createdAt: 'desc', id: 'desc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** All cases about something, locked until the transaction ends. */
export function lockCasesOf(tx: EntityManager, targetId: string): Promise<ModerationCase[]> {
  return tx.find(
    ModerationCase,
    { targetId },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** Did somebody take back a review of a tutor that was kept from others for more than its words? */
export async function hasEvaded(tx: EntityManager, authorId: string, tutorId: string): Promise<boolean> {
  const withdrawn = { kind: 'REVIEW', authorId, tutorId, status: 'WITHDRAWN' } as const;
  const counts = await Promise.all([
    tx.count(ModerationCase, { ...withdrawn, outcome: 'REJECTED' }),
    tx.count(ModerationCase, { ...withdrawn, outcome: null, held: true, raisedBy: { $ne: 'LOCAL' } }),
  ]);
  return counts.some((count) => count > 0);
}

/** Has the model judged this version? */
export async function hasModelJudged(tx: EntityManager, targetId: string, targetVersion: number): Promise<boolean> {
  return (await tx.count(ModerationDecision, { targetId, targetVersion, judge: 'MODEL' })) > 0;
}

/** Does a case about something wait for staff? */
export async function isQueued(tx: EntityManager, targetId: string): Promise<boolean> {
  return (await tx.count(ModerationCase, { targetId, status: { $in: [...waitingStatuses] } })) > 0;
}

/** The newest case about each of several things, batched. */
export const latestCases = defineLoader<string, ModerationCase | null>(
  async ({ em }, targetIds) => {
    const { rows } = await sql<{ id: string }>`
      select latest.id from unnest(${[...targetIds]}::uuid[]) as target(id) cross join lateral (
        select c.id from marketplace.moderation_cases c where c.target_id = target.id
        order by c.created_at desc, c.id desc limit 1) latest`.execute(em.getKysely());
    const cases = await em.find(ModerationCase, { id: { $in: rows.map(({ id }) => id) } });
    return new Map(cases.map((found) => [found.targetId, found]));
  },
  { absent: () => null },
);

/** What was judged in each of several cases, the oldest first, batched. */
export const decisionsOfCases = defineLoader<string, ModerationDecision[]>(
  async ({ em }, caseIds) => {
    const order = { createdAt: 'asc', id: 'asc' } as const;
    const found = await em.find(ModerationDecision, { caseId: { $in: [...caseIds] } }, { orderBy: order });
    return Map.groupBy(found, ({ caseId }) => caseId);
  },
  { absent: () => [] },
);

/** What moderation knows of profiles' texts, batched. */
export const profileTexts = defineLoader<string, ProfileText | null>(
  async ({ em }, tutorIds) => {
    const found = await em.find(ProfileText, { tutorId: { $in: [...tutorIds] } });
    return new Map(found.map((texts) => [texts.tutorId, texts]));
  },
  { absent: () => null },
);

/** Which cases of the queue. */
export interface QueueFilter {
  kinds?: readonly ContentKind[] | null | undefined;
  /** Only what is kept from others, or only what is public. */
  held?: boolean | null | undefined;
  /** Only what was appealed, or only what was not. */
  appealed?: boolean | null | undefined;
}

/** A page of what waits for staff, the oldest first. */
export function findQueue(
  em: EntityManager,
  filter: QueueFilter,
  page: PageRequest,
): Promise<Connection<ModerationCase>> {
  const waiting = sql.join(waitingStatuses.map((status) => sql.lit(status)));
  const conditions: RawBuilder<unknown>[] = [sql`t.status in (${waiting})`];
  if (filter.kinds) conditions.push(sql`t.kind = any (${[...filter.kinds]}::text[])`);
  if (typeof filter.held === 'boolean') conditions.push(sql`t.held = ${filter.held}`);
  if (typeof filter.appealed === 'boolean') conditions.push(sql`(t.status = 'APPEALED') = ${filter.appealed}`);
  return findCases(em, conditions, 'asc', page);
}

/** A page of the cases about what somebody wrote, the newest first. */
export function findCasesOf(
  em: EntityManager,
  authorId: string,
  page: PageRequest,
): Promise<Connection<ModerationCase>> {
  return findCases(em, [sql`t.author_id = ${authorId}`, sql`t.status <> 'WITHDRAWN'`], 'desc', page);
}

function findCases(
  em: EntityManager,
  conditions: readonly RawBuilder<unknown>[],
  direction: 'asc' | 'desc',
  page: PageRequest,
): Promise<Connection<ModerationCase>> {
  return keysetPage(
    em,
    {
      entity: ModerationCase,
      from: sql`from marketplace.moderation_cases t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction },
        { expression: sql`t.id`, type: 'uuid', direction },
      ],
    },
    page,
  );
}
