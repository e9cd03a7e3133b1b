import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { User } from '../users/user.entity.js';
import type { Notice } from './notice.rules.js';
import { PendingNotice } from './pending-notice.entity.js';

/** Keeps a notice until it is sent; when there is no such account the statement is the same. */
export async function insertNotice(
  tx: EntityManager,
  notice: { id: string; userId: string; notice: Notice; recipient: string | null; createdAt: Date },
): Promise<void> {
  await sql`
    insert into accounts.pending_notices (id, user_id, notice, recipient, created_at)
    select ${notice.id}::uuid, id, ${notice.notice}, ${notice.recipient}, ${notice.createdAt}::timestamptz
      from accounts.users where id = ${notice.userId}`.execute(tx.getKysely());
}

/** A notice that waits to be sent, and whose it is. */
export async function findNotice(em: EntityManager, id: string): Promise<{ notice: PendingNotice; user: User } | null> {
  const notice = await em.findOne(PendingNotice, { id });
  const user = notice && (await em.findOne(User, { id: notice.userId }));
  return user && { notice, user };
}

/** Forgets a notice. */
export async function deleteNotice(em: EntityManager, id: string): Promise<void> {
  await em.nativeDelete(PendingNotice, { id });
}

/** Forgets notices that could not be sent for too long, at most `limit`; answers how many. */
export async function deleteNoticesOlderThan(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const old = await em.find(PendingNotice, { createdAt: { $lt: moment } }, { fields: ['id'], limit });
  return em.nativeDelete(PendingNotice, { id: { $in: old.map(({ id }) => id) } });
}
