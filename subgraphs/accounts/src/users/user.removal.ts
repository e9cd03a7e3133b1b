import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { AuditKey } from '../audit/audit-entry.entity.js';
import { VerificationCode } from '../codes/verification-code.entity.js';
import { userRemoved } from '../events.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import type { SessionEnding } from '../sessions/session.rules.js';
import { User } from './user.entity.js';

const NOTHING_PERSONAL = { email: null, passwordHash: null, firstName: '', lastName: '', phone: null, username: null };

/**
 * Empties an account whose address was never proven, and frees the address. It could only read, so that no other room has
 * anything of it. Its row stays with the ended sessions, which every process has to know of as long as their access tokens
 * live; {@link deleteEmptiedBefore} removes it. For nobody's id the same statements run.
 */
export async function removeUnverifiedUser(
  tx: EntityManager,
  id: string,
  reason: Extract<SessionEnding, 'REPLACED' | 'ERASED'>,
): Promise<void> {
  await revokeSessionsOf(tx, id, reason);
  await tx.nativeDelete(AuditKey, { userId: id });
  await tx.nativeDelete(VerificationCode, { userId: id });
  const now = new Date();
  const unverified = { id, emailVerifiedAt: null, telegramId: null, erasedAt: null };
  const emptied = await tx.nativeUpdate(User, unverified, { ...NOTHING_PERSONAL, erasedAt: now, updatedAt: now });
  if (emptied > 0) recordEvent(tx, userRemoved.create({ subject: id, data: {} }));
}

/** Accounts that were opened before a moment and never proved an address, at most `limit`, locked; those in use not. */
export async function lockUnverifiedBefore(tx: EntityManager, moment: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from accounts.users
     where email_verified_at is null and email is not null and telegram_id is null and created_at < ${moment}
     limit ${limit} for update skip locked`.execute(tx.getKysely());
  return rows.map(({ id }) => id);
}

/**
 * Deletes accounts that {@link removeUnverifiedUser} emptied before a moment, at most `limit`; answers how many. Those that
 * people had deleted stay: others refer to them.
 */
export async function deleteEmptiedBefore(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from accounts.users where id in (
      select id from accounts.users u
       where erased_at < ${moment} and not exists (select from accounts.account_deletions d where d.user_id = u.id)
       limit ${limit})`.execute(em.getKysely());
  return Number(numAffectedRows);
}
