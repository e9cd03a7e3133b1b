import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { recordAudit } from '../audit/audit.repository.js';
import { accountErased } from '../events.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import { lockUserForChange } from '../users/user.lock.js';
import { lockDeletion } from './account-deletion.repository.js';
import { DataExport } from './data-export.entity.js';

/**
 * Begins to erase an account whose time has come: nobody signs in from the commit on, and every room hears of it. Changes
 * nothing when the owner changed their mind or it was begun before.
 *
 * @param options.rooms which have to answer; `requestId` of the job, for the audit
 */
export async function beginErasure(
  tx: EntityManager,
  userId: string,
  { now, rooms, requestId }: { now: Date; rooms: readonly string[]; requestId: string },
): Promise<void> {
  const user = await lockUserForChange(tx, userId);
  const deletion = user && (await lockDeletion(tx, userId));
  if (!deletion || deletion.erasedAt || deletion.dueAt > now) return;
  Object.assign(deletion, { erasedAt: now, rooms: [...rooms] });
  user.erasedAt ??= now;
  await revokeSessionsOf(tx, userId, 'ERASED');
  // Whoever packs an archive at this moment finds that nobody wants it any longer, and removes it.
  await tx.nativeUpdate(DataExport, { userId, status: 'PENDING' }, { status: 'FAILED', finishedAt: now });
  recordEvent(tx, accountErased.create({ subject: userId, data: {} }));
  const system = { viewer: { kind: 'anonymous' }, metadata: { requestId } } as const;
  await recordAudit(tx, system, { action: 'ACCOUNT_ERASED', subjectId: userId });
}
