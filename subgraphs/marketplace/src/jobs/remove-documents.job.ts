import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import { findUnneededDocuments, forgetFiles } from '../verifications/verification.repository.js';
import { documentsBound } from '../verifications/verification.rules.js';

/** @see removeDocumentsJob */
export type RemoveDocumentsJob = ReturnType<typeof removeDocumentsJob>;

const BATCH = 100;

/** Removes files of proofs that were taken back, at once when it is enqueued, and of those that ended 90 days ago. */
export function removeDocumentsJob(em: EntityManager, storage: ObjectStorage) {
  return defineJob({
    name: 'remove-documents',
    description: 'Removes files of proofs that were taken back, rejected or expired.',
    payload: z.object({}),
    cron: '40 4 * * *',
    handler: async (_payload, { signal }) => {
      for (let removed = BATCH; removed === BATCH; ) {
        signal.throwIfAborted();
        const bounds = { endedBefore: documentsBound(new Date()), limit: BATCH };
        const documents = await findUnneededDocuments(em.fork(), bounds);
        // The files first: what is cut off between is done again.
        await storage.remove(documents.map(({ storageKey }) => storageKey));
        await forgetFiles(em.fork(), documents);
        removed = documents.length;
      }
    },
  });
}
