import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import { SubmissionFile } from './submission.entity.js';

const AT_ONCE = 100;

/** Removes files that no version of any homework shows any longer; the files first, so that what is cut off is done again. */
export function removeHomeworkFilesJob(em: EntityManager, storage: ObjectStorage) {
  return defineJob({
    name: 'remove-homework-files',
    description: 'Removes files that were taken out of homework.',
    payload: z.object({}),
    cron: '*/10 * * * *',
    handler: async (_payload, { signal }) => {
      let hasMore = true;
      while (hasMore) {
        signal.throwIfAborted();
        const removed = await em.fork().find(SubmissionFile, { removedAt: { $ne: null } }, { limit: AT_ONCE });
        await storage.remove(removed.map(({ key }) => key));
        await em.fork().nativeDelete(SubmissionFile, { id: { $in: removed.map(({ id }) => id) } });
        hasMore = removed.length === AT_ONCE;
      }
    },
  });
}
