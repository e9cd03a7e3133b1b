import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';

/** Removes files that nothing names any longer; enqueued with the change that made it so. */
export function removeFilesJob(storage: ObjectStorage) {
  return defineJob({
    name: 'remove-files',
    description: 'Removes files that nothing names any longer from the storage.',
    payload: z.object({ keys: z.array(z.string()).max(100) }),
    handler: ({ keys }) => storage.remove(keys),
  });
}
