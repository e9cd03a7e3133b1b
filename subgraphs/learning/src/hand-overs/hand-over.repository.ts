import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { AssistantSession } from '../assistant/assistant.entity.js';
import { answerable } from '../assistant/assistant.repository.js';
import { HandOver } from './hand-over.entity.js';
import type { HandOverStatus } from './hand-over.rules.js';

/** Which hand-overs are looked for. */
export interface HandOverSearch {
  statuses?: readonly HandOverStatus[] | null | undefined;
  mine?: boolean | null | undefined;
}

const OLDEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
];

/** A page of the hand-overs that the viewer may answer, the oldest first. */
export function findHandOvers(
  context: RequestContext,
  { statuses, mine }: HandOverSearch,
  page: PageRequest,
): Promise<Connection<HandOver>> {
  const wanted = statuses ?? ['OPEN', 'TAKEN'];
  const taken = mine ? sql`t.taken_by = ${context.user.userId}::uuid` : sql`true`;
  const from = sql`from learning.assistant_hand_overs t
    where t.status = any (${[...wanted]}::text[]) and ${taken} and ${answerable(context, sql`t.student_id`)}`;
  return keysetPage(context.em, { entity: HandOver, from, order: OLDEST_FIRST }, page);
}

/** A hand-over that the viewer may answer, locked. */
export async function lockHandOver(context: RequestContext, tx: EntityManager, id: string): Promise<HandOver | null> {
  if (!isId(id)) return null;
  const handOver = await tx.findOne(HandOver, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  const { rows } = await sql`
    select from learning.assistant_hand_overs t where t.id = ${id} and ${answerable(context, sql`t.student_id`)}`.execute(
    tx.getKysely(),
  );
  return rows.length > 0 ? handOver : null;
}

/** The latest hand-over of each conversation, batched. */
export const latestHandOvers = defineLoader<string, HandOver | null>(
  async ({ em }, sessionIds) => {
    const found = await em.find(
      HandOver,
      { sessionId: { $in: [...sessionIds] } },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    return new Map(found.map((handOver) => [handOver.sessionId, handOver]));
  },
  { absent: () => null },
);

/** Conversations of hand-overs that the viewer has come to, batched. */
export const handedOverSessions = defineLoader<string, AssistantSession | null>(
  async ({ em }, ids) => {
    const sessions = await em.find(AssistantSession, { id: { $in: [...ids] } });
    return new Map(sessions.map((session) => [session.id, session]));
  },
  { absent: () => null },
);
