import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { recordAudit } from '../audit/audit.repository.js';
import { accountErased } from '../events.js';
import type { RepeatErasureJob } from '../jobs/repeat-erasure.job.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import { ACCESS_TOKEN_SECONDS } from '../signing-keys/signing-key.service.js';
import { lockUserForChange } from '../users/user.lock.js';
import { lockDeletion } from './account-deletion.repository.js';
import { DataExport } from './data-export.entity.js';

/** Longer than an access token lives, clocks that differ and a request that takes its time. */
const REPEAT_AFTER_MS = (ACCESS_TOKEN_SECONDS + 10 * 60) * 1000;

/** What beginning to erase takes. */
export interface ErasureOptions {
  now: Date;
  /** Which have to answer. */
  rooms: readonly string[];
  /** Of the job, for the audit. */
  requestId: string;
  repeatErasure: RepeatErasureJob;
}

/**
 * Begins to erase an account whose time has come: nobody signs in from the commit on, and every room hears of it. Changes
 * nothing when the owner changed their mind or it was begun before.
 */
export async function beginErasure(
  tx: EntityManager,
  userId: string,
  { now, rooms, requestId, repeatErasure }: ErasureOptions,
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
  await enqueue(tx, repeatErasure, { userId }, { startAfter: new Date(now.getTime() + REPEAT_AFTER_MS) });
  const system = { viewer: { kind: 'anonymous' }, metadata: { requestId } } as const;
  await recordAudit(tx, system, { action: 'ACCOUNT_ERASED', subjectId: userId });
}
