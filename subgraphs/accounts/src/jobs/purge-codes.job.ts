import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteCodesExpiredBefore } from '../codes/verification-code.repository.js';
import { inBatches } from './in-batches.js';

/** Forgets codes that have expired, and with them the addresses and numbers that they were to prove. */
export function purgeCodesJob(em: EntityManager) {
  return defineJob({
    name: 'purge-codes',
    description: 'Forgets verification codes that have expired.',
    payload: z.object({}),
    cron: '10 * * * *',
    handler: () => {
      const now = new Date();
      return inBatches((limit) => deleteCodesExpiredBefore(em.fork(), now, limit));
    },
  });
}
