import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { DevelopmentMessage } from './development-message.entity.js';

/** So many messages are kept; older ones go. */
export const MESSAGES_KEPT = 200;

const newestFirst: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** What is kept of a message. */
export type KeptMessage = Omit<DevelopmentMessage, 'createdAt'>;

/** Keeps a message; one that was kept before stays as it is, and the oldest beyond the limit go. */
export async function keepMessage(tx: EntityManager, message: KeptMessage): Promise<void> {
  const { id, channel, recipient, subject, text, html, userId } = message;
  await sql`
    insert into messaging.development_messages (id, channel, recipient, subject, text, html, user_id, created_at)
    values (${id}::uuid, ${channel}, ${recipient}, ${subject}, ${text}, ${html}, ${userId}::uuid, now())
    on conflict (id) do nothing`.execute(tx.getKysely());
  await sql`
    delete from messaging.development_messages where id in (
      select id from messaging.development_messages order by created_at desc, id desc offset ${MESSAGES_KEPT})`.execute(
    tx.getKysely(),
  );
}

/** Messages that were kept instead of being sent, the newest first. */
export function listMessages(em: EntityManager, page: PageRequest): Promise<Connection<DevelopmentMessage>> {
  const from = sql`from messaging.development_messages t where true`;
  return keysetPage(em, { entity: DevelopmentMessage, from, order: newestFirst }, page);
}

/** Forgets what was kept for somebody. */
export async function forgetMessagesOf(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(DevelopmentMessage, { userId });
}

/** Forgets everything that is kept: messages to others may name somebody who is erased. */
export async function emptyMailbox(tx: EntityManager): Promise<void> {
  await tx.nativeDelete(DevelopmentMessage, {});
}
