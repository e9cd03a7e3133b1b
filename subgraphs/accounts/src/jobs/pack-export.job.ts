import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import type { NoticeService } from '../notices/notice.service.js';
import { DataExport } from '../privacy/data-export.entity.js';
import { lockExport } from '../privacy/data-export.repository.js';
import { ARCHIVE_KEPT_MS, exportFolder } from '../privacy/data-export.rules.js';
import { packArchive, removeExportFiles } from '../privacy/export-archive.js';

/** @see packExportJob */
export type PackExportJob = ReturnType<typeof packExportJob>;

/**
 * Packs an archive whose parts are all in and tells its owner. Cut off anywhere and repeated, it makes the archive once
 * more, tells once, and removes the parts.
 */
export function packExportJob(em: EntityManager, storage: ObjectStorage, notices: NoticeService) {
  return defineJob({
    name: 'pack-export',
    description: 'Packs an archive of somebody’s data and tells them that it is ready.',
    payload: z.object({ exportId: z.uuid() }),
    timeoutSeconds: 60 * 60,
    handler: async ({ exportId }, { signal }) => {
      const archive = await em.fork().findOne(DataExport, { id: exportId });
      if (archive?.status === 'PENDING') {
        const storageKey = await packArchive(storage, archive, signal);
        await transaction(em, (tx) => publish(tx, notices, exportId, storageKey));
      }
      const { status } = (await em.fork().findOne(DataExport, { id: exportId })) ?? {};
      // The owner may have been erased meanwhile, or waited too long.
      await removeExportFiles(storage, `${exportFolder(exportId)}${status === 'READY' ? 'parts/' : ''}`);
    },
  });
}

async function publish(tx: EntityManager, notices: NoticeService, id: string, storageKey: string): Promise<void> {
  const archive = await lockExport(tx, id);
  if (archive?.status !== 'PENDING') return;
  const finishedAt = new Date();
  const expiresAt = new Date(finishedAt.getTime() + ARCHIVE_KEPT_MS);
  Object.assign(archive, { status: 'READY', storageKey, finishedAt, expiresAt });
  await notices.request(tx, archive.userId, 'DATA_EXPORT_READY');
}
