import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import { exportFolder } from '../privacy/data-export.rules.js';
import { removeExportFiles } from '../privacy/export-archive.js';

/** @see removeExportFilesJob */
export type RemoveExportFilesJob = ReturnType<typeof removeExportFilesJob>;

/** Removes what an archive of somebody's data was gathered from, or with it the archive. */
export function removeExportFilesJob(storage: ObjectStorage) {
  return defineJob({
    name: 'remove-export-files',
    description: 'Removes the files of an archive of somebody’s data that is not needed any longer.',
    payload: z.object({ exportId: z.uuid(), what: z.enum(['PARTS', 'EVERYTHING']) }),
    handler: ({ exportId, what }) =>
      removeExportFiles(storage, `${exportFolder(exportId)}${what === 'PARTS' ? 'parts/' : ''}`),
  });
}
