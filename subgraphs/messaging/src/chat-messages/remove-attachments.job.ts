import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { z } from 'zod';
import { ChatAttachment } from './chat-message.entity.js';

const BATCH = 100;

/** Removes files of messages that were deleted. The files go first: what is cut off between is done again. */
export function removeAttachmentsJob(em: EntityManager, storage: ObjectStorage) {
  return defineJob({
    name: 'remove-attachments',
    description: 'Removes files of messages that were deleted.',
    payload: z.object({}),
    cron: '*/5 * * * *',
    handler: async (_payload, { signal }) => {
      for (let removed = BATCH; removed === BATCH; ) {
        signal.throwIfAborted();
        const files = await em.fork().find(ChatAttachment, { removedAt: { $ne: null } }, { limit: BATCH });
        await storage.remove(files.map(({ key }) => key));
        await em.fork().nativeDelete(ChatAttachment, { id: { $in: files.map(({ id }) => id) } });
        removed = files.length;
      }
    },
  });
}
