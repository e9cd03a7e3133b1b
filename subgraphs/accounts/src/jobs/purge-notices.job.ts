import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteNoticesOlderThan } from '../notices/notice.repository.js';
import { inBatches } from './in-batches.js';

/** Longer than all tries to send one take. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Forgets notices that could not be sent for a week. */
export function purgeNoticesJob(em: EntityManager) {
  return defineJob({
    name: 'purge-notices',
    description: 'Forgets notices that could not be sent for a week.',
    payload: z.object({}),
    cron: '50 3 * * *',
    handler: () => {
      const before = new Date(Date.now() - KEPT_MS);
      return inBatches((limit) => deleteNoticesOlderThan(em.fork(), before, limit));
    },
  });
}
