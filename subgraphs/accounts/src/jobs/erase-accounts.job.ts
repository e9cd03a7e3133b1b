import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { findDueDeletions } from '../privacy/account-deletion.repository.js';
import { beginErasure } from '../privacy/account-erasure.js';
import { inBatches } from './in-batches.js';
import type { RepeatErasureJob } from './repeat-erasure.job.js';

const BATCH = 100;

/** Begins to erase accounts whose owners wanted it 30 days ago, each in a transaction of its own. */
export function eraseAccountsJob(em: EntityManager, rooms: readonly string[], repeatErasure: RepeatErasureJob) {
  return defineJob({
    name: 'erase-accounts',
    description: 'Begins to erase accounts whose owners wanted it 30 days ago.',
    payload: z.object({}),
    cron: '35 * * * *',
    handler: async (_payload, { id: requestId, signal }) => {
      const now = new Date();
      await inBatches(async (limit) => {
        signal.throwIfAborted();
        const due = await findDueDeletions(em.fork(), now, limit);
        for (const userId of due) {
          await transaction(em, (tx) => beginErasure(tx, userId, { now, rooms, requestId, repeatErasure }));
        }
        return due.length;
      }, BATCH);
    },
  });
}
