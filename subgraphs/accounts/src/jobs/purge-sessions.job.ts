import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteSessionsExpiredBefore } from '../sessions/session.repository.js';

const BATCH = 1_000;

/** Removes sessions that have expired, with their tokens. */
export function purgeSessionsJob(em: EntityManager) {
  return defineJob({
    name: 'purge-sessions',
    description: 'Removes sessions that have expired, with their refresh tokens.',
    payload: z.object({}),
    cron: '30 3 * * *',
    handler: async () => {
      const now = new Date();
      let removed: number;
      do {
        removed = await transaction(em, (tx) => deleteSessionsExpiredBefore(tx, now, BATCH));
      } while (removed === BATCH);
    },
  });
}
