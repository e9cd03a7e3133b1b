import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import type { NoticeService } from '../notices/notice.service.js';
import { findOverdueExports, lockExport } from '../privacy/data-export.repository.js';
import { GATHERED_WITHIN_MS } from '../privacy/data-export.rules.js';
import { inBatches } from './in-batches.js';
import type { RemoveExportFilesJob } from './remove-export-files.job.js';

const BATCH = 100;

/** Removes archives of people's data after a week, and gives up those that could not be gathered within a day. */
export function endExportsJob(em: EntityManager, notices: NoticeService, removeFiles: RemoveExportFilesJob) {
  return defineJob({
    name: 'end-exports',
    description: 'Removes archives of people’s data after a week, and gives up those not gathered within a day.',
    payload: z.object({}),
    cron: '40 * * * *',
    handler: async (_payload, { signal }) => {
      const now = new Date();
      const requestedBefore = new Date(now.getTime() - GATHERED_WITHIN_MS);
      await inBatches(async (limit) => {
        signal.throwIfAborted();
        const ids = await findOverdueExports(em.fork(), { requestedBefore, now, limit });
        for (const id of ids) await transaction(em, (tx) => end(tx, id, { requestedBefore, now }));
        return ids.length;
      }, BATCH);
    },
  });

  async function end(tx: EntityManager, id: string, { requestedBefore, now }: Record<'requestedBefore' | 'now', Date>) {
    const archive = await lockExport(tx, id);
    if (archive?.status === 'PENDING' && archive.requestedAt < requestedBefore) {
      Object.assign(archive, { status: 'FAILED', finishedAt: now });
      await notices.request(tx, archive.userId, 'DATA_EXPORT_FAILED');
    } else if (archive?.status === 'READY' && archive.expiresAt && archive.expiresAt <= now) {
      Object.assign(archive, { status: 'EXPIRED', storageKey: null });
    } else return;
    await enqueue(tx, removeFiles, { exportId: id, what: 'EVERYTHING' });
  }
}
