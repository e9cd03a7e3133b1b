import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteListsBeside, deleteOutcomes, deleteRankedLists } from './outcome.repository.js';

/**
 * A year, so that seasons can be compared, and a little more: rankers learn from half a year and the 21 days after, figures of
 * health are counted within 22 days and kept as sums, and experiments count what happened in the last eight.
 */
const KEPT_DAYS = 400;
/** Nobody learns from lists beside those; they have credit for what happens in 30 days, and a quarter can be looked back. */
const KEPT_BESIDE_DAYS = 100;
const BATCH = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

const PURGES = [
  { purge: deleteRankedLists, days: KEPT_DAYS },
  { purge: deleteOutcomes, days: KEPT_DAYS },
  { purge: deleteListsBeside, days: KEPT_BESIDE_DAYS },
] as const;

/** Forgets which lists were shown, and what became of it: 500 at a time, so that nobody waits for it. */
export function purgeFeedbackJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'purge-feedback',
    description: `Forgets which lists were shown, and what became of it, after ${KEPT_DAYS} days; of similar tutors and orders to answer after ${KEPT_BESIDE_DAYS}.`,
    payload: z.object({}),
    cron: '35 3 * * *',
    handler: async (_payload, { signal }) => {
      for (const { purge, days } of PURGES) {
        const before = new Date(Date.now() - days * DAY_MS);
        for (let removed = BATCH; removed === BATCH; ) {
          signal.throwIfAborted();
          removed = await purge(em.fork(), before, BATCH);
        }
      }
    },
  });
}
