import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteEmptiedBefore, lockUnverifiedBefore, removeUnverifiedUser } from '../users/user.removal.js';
import { inBatches } from './in-batches.js';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** Longer than access tokens live. */
const EMPTIED_KEPT_MS = 60 * 60 * 1000;
const BATCH = 100;

/** Removes accounts whose address nobody proved for 30 days. */
export function purgeUnverifiedAccountsJob(em: EntityManager) {
  return defineJob({
    name: 'purge-unverified-accounts',
    description: 'Removes accounts whose address nobody proved for 30 days.',
    payload: z.object({}),
    cron: '5 4 * * *',
    handler: async () => {
      const before = new Date(Date.now() - KEPT_MS);
      await inBatches(
        (limit) =>
          transaction(em, async (tx) => {
            const ids = await lockUnverifiedBefore(tx, before, limit);
            for (const id of ids) await removeUnverifiedUser(tx, id, 'ERASED');
            return ids.length;
          }),
        BATCH,
      );
      const emptied = new Date(Date.now() - EMPTIED_KEPT_MS);
      await inBatches((limit) => deleteEmptiedBefore(em.fork(), emptied, limit), BATCH);
    },
  });
}
