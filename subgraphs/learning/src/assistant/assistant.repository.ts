import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { type RawBuilder, sql } from 'kysely';
import { StudentAccess } from '../students/student-access.js';
import { AssistantMessage, AssistantSession } from './assistant.entity.js';
import type { EarlierTurn } from './prompt.rules.js';

const LATEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.last_message_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];
const IN_ORDER: readonly SortKey[] = [
  { expression: sql`t.sequence`, type: 'integer', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
];
const TURNS_REMEMBERED = 3;
const MOST_OF_TURN = 600;
const access = new StudentAccess();

/** A page of somebody's conversations, the latest first. */
export function findSessionsOf(
  em: EntityManager,
  userId: string,
  page: PageRequest,
): Promise<Connection<AssistantSession>> {
  const from = sql`from learning.assistant_sessions t where t.user_id = ${userId}`;
  return keysetPage(em, { entity: AssistantSession, from, order: LATEST_FIRST }, page);
}

/** Conversations `s` that the viewer may read: their own, and for curators those that students whom they see handed over. */
export function readable(context: RequestContext, session: RawBuilder<unknown>): RawBuilder<boolean> {
  const { viewer } = context;
  if (viewer.kind !== 'user') return sql`false`;
  const own = sql`exists (select from learning.assistant_sessions own where own.id = ${session} and own.user_id = ${viewer.userId}::uuid)`;
  if (!context.can('learning.hand-overs.answer')) return sql`${own}`;
  return sql`(${own} or exists (select from learning.assistant_hand_overs h
    where h.session_id = ${session} and ${answerable(context, sql`h.student_id`)}))`;
}

/** Hand-overs that somebody who may answer them sees: of students whom they see, and of people who are no students yet. */
export function answerable(context: RequestContext, student: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(${student} is null or ${access.visible(context, student)})`;
}

/** A conversation that the viewer may read. */
export async function findReadableSession(context: RequestContext, id: string): Promise<AssistantSession | null> {
  if (!isId(id)) return null;
  const { rows } = await sql<{
    is_readable: boolean;
  }>`select ${readable(context, sql`${id}::uuid`)} as is_readable`.execute(context.em.getKysely());
  return rows[0]?.is_readable ? context.em.findOne(AssistantSession, { id }) : null;
}

/** Messages of conversations that the viewer has come to, in their order. */
export const messagesOfSession = defineNestedPages<AssistantMessage>(() => ({
  entity: AssistantMessage,
  from: sql`from learning.assistant_messages t where true`,
  order: IN_ORDER,
  parent: sql`t.session_id`,
}));

/** Somebody's own conversation, locked; the lock gives messages their places. */
export function lockOwnSession(tx: EntityManager, id: string, userId: string): Promise<AssistantSession | null> {
  if (!isId(id)) return Promise.resolve(null);
  return tx.findOne(AssistantSession, { id, userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** An answer of the assistant to somebody. */
export async function findOwnAnswer(em: EntityManager, id: string, userId: string): Promise<AssistantMessage | null> {
  const answer = isId(id) ? await em.findOne(AssistantMessage, { id, role: 'ASSISTANT' }) : null;
  return answer && (await em.count(AssistantSession, { id: answer.sessionId, userId })) > 0 ? answer : null;
}

/** What was asked and answered before a place in a conversation, the latest last. */
export async function earlierTurns(em: EntityManager, sessionId: string, before: number): Promise<EarlierTurn[]> {
  const messages = await em.find(
    AssistantMessage,
    { sessionId, sequence: { $lt: before, $gte: before - 2 * TURNS_REMEMBERED } },
    { orderBy: { sequence: 'asc' } },
  );
  return messages.flatMap((message, index) => {
    const next = messages[index + 1];
    if (message.role !== 'STUDENT' || next?.role !== 'ASSISTANT') return [];
    return [{ question: message.text.slice(0, MOST_OF_TURN), answer: next.text.slice(0, MOST_OF_TURN) }];
  });
}
