import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import type { Upload } from '../uploads/upload.entity.js';
import { deleteUnconfirmed, findUnswept, forgetRawKey, releaseStaleClaim } from '../uploads/upload.repository.js';
import { confirmationStep } from '../uploads/upload.rules.js';
import { objectKeys } from '../uploads/upload-kinds.js';

const BATCH = 100;
const HOUR_MS = 60 * 60 * 1000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Removes uploads that were not confirmed within a day, with their files, and what was put once more where a confirmed
 * one came in. Files go first, then the row that names them: what is cut off between is found again.
 */
export function purgeUploadsJob(em: EntityManager, storage: ObjectStorage) {
  return defineJob({
    name: 'purge-uploads',
    description: 'Removes uploads that were not confirmed within a day, with their files.',
    payload: z.object({}),
    cron: '20 * * * *',
    handler: (_payload, { signal }) => purgeUploads(em, storage, new Date(), signal),
  });
}

/** What the job does, as of `now`. */
export async function purgeUploads(
  em: EntityManager,
  storage: ObjectStorage,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const before = (hours: number): Date => new Date(now.getTime() - hours * HOUR_MS);
  let afterId = FIRST_ID;
  for (;;) {
    const bounds = { afterId, confirmedBefore: before(1), othersBefore: before(24), limit: BATCH };
    const uploads = await findUnswept(em.fork(), bounds);
    for (const upload of uploads) {
      signal.throwIfAborted();
      await purge(em.fork(), storage, upload);
      afterId = upload.id;
    }
    if (uploads.length < BATCH) return;
  }
}

async function purge(em: EntityManager, storage: ObjectStorage, upload: Upload): Promise<void> {
  const { id, kind, status, rawKey, storageKey } = upload;
  if (status === 'PROCESSING') {
    // Whoever began it may still be there: it is released first, and removed an hour later.
    if (confirmationStep(upload, new Date()) === 'take over') await releaseStaleClaim(em, upload);
    return;
  }
  const isConfirmed = status === 'CONFIRMED';
  const checked = storageKey && !isConfirmed ? objectKeys(kind, storageKey) : [];
  await storage.remove([...(rawKey ? [rawKey] : []), ...checked]);
  if (isConfirmed) await forgetRawKey(em, id);
  else await deleteUnconfirmed(em, upload);
}
