import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { AuditKey } from '../audit/audit-entry.entity.js';
import { VerificationCode } from '../codes/verification-code.entity.js';
import { rightsChanged } from '../events.js';
import { PendingNotice } from '../notices/pending-notice.entity.js';
import { UserPermissionSet } from '../rights/permission-set.entity.js';
import { UserPermission } from '../rights/user-permission.entity.js';
import { User } from '../users/user.entity.js';
import { Consent } from './consent.entity.js';
import { DataExport } from './data-export.entity.js';

/** What is left of an erased account: a row that others refer to. */
const NOTHING_PERSONAL = {
  email: null,
  emailVerifiedAt: null,
  passwordHash: null,
  username: null,
  firstName: '',
  lastName: '',
  phone: null,
  telegramId: null,
  telegramUsername: null,
  telegramPhotoUrl: null,
  avatarKey: null,
} as const;

/** Longer than access tokens live: every process has to know of ended sessions as long as those. */
const ENDED_SESSIONS_KEPT = sql`interval '1 hour'`;

/** Empties somebody's row; it stays for those who refer to it, and shows as an erased account. */
export async function eraseAccount(tx: EntityManager, userId: string): Promise<void> {
  const now = new Date();
  await tx.nativeUpdate(User, { id: userId }, { ...NOTHING_PERSONAL, updatedAt: now });
  await tx.nativeUpdate(User, { id: userId, erasedAt: null }, { erasedAt: now });
}

/**
 * Removes what else tells of somebody. What they agreed to stays, without from where; the audit stays, and without its key
 * its network addresses tell nothing.
 */
export async function eraseTraces(tx: EntityManager, userId: string): Promise<void> {
  await tx.nativeDelete(VerificationCode, { userId });
  await tx.nativeDelete(PendingNotice, { userId });
  await tx.nativeUpdate(Consent, { userId }, { networkHash: null, userAgent: null });
  await tx.nativeDelete(DataExport, { userId });
  await tx.nativeDelete(AuditKey, { userId });
  const exceptions = await tx.nativeDelete(UserPermission, { userId });
  const sets = await tx.nativeDelete(UserPermissionSet, { userId });
  if (exceptions + sets > 0) recordEvent(tx, rightsChanged.create({ subject: userId, data: {} }));
  await eraseSessions(tx, userId);
}

async function eraseSessions(tx: EntityManager, userId: string): Promise<void> {
  const database = tx.getKysely();
  await sql`
    delete from accounts.refresh_tokens where session_id in (
      select id from accounts.sessions where user_id = ${userId})`.execute(database);
  await sql`
    update accounts.sessions
       set user_agent = null, network_address = null, expires_at = least(expires_at, now() + ${ENDED_SESSIONS_KEPT})
     where user_id = ${userId}`.execute(database);
}
