import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { AuditKey } from '../audit/audit-entry.entity.js';
import { userRemoved } from '../events.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import type { SessionEnding } from '../sessions/session.rules.js';
import { User } from './user.entity.js';

/**
 * Removes an account whose address was never proven, with everything that hangs on it. It could only read, so that no
 * other room has anything of it. For nobody's id the same statements run.
 */
export async function removeUnverifiedUser(
  tx: EntityManager,
  id: string,
  reason: Extract<SessionEnding, 'REPLACED' | 'ERASED'>,
): Promise<void> {
  await revokeSessionsOf(tx, id, reason);
  await tx.nativeDelete(AuditKey, { userId: id });
  const removed = await tx.nativeDelete(User, { id, emailVerifiedAt: null, telegramId: null });
  if (removed > 0) recordEvent(tx, userRemoved.create({ subject: id, data: {} }));
}

/** Accounts that were opened before a moment and never proved an address, at most `limit`, locked; those in use not. */
export async function lockUnverifiedBefore(tx: EntityManager, moment: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from accounts.users
     where email_verified_at is null and email is not null and telegram_id is null and erased_at is null
       and created_at < ${moment}
     limit ${limit} for update skip locked`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}
