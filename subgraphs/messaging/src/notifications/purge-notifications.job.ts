import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { purgeDigests, purgeNotifications } from './notification.repository.js';

const KEPT_MONTHS = 2;
const BATCH = 1_000;

/** Removes notifications for good that are older than two months, read or not, with what became of them. */
export function purgeNotificationsJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'purge-notifications',
    description: `Removes notifications that are older than ${KEPT_MONTHS} months, in batches.`,
    payload: z.object({}),
    cron: '0 0 * * 1',
    timeoutSeconds: 3_600,
    handler: async (_, { signal }) => {
      const before = new Date();
      before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
      for (const purge of [purgeNotifications, purgeDigests]) {
        // Each batch is a transaction of its own, so that nobody waits for long.
        while (!signal.aborted && (await purge(em.fork(), before, BATCH)) === BATCH);
      }
    },
  });
}
