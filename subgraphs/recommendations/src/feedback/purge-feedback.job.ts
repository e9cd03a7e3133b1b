import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteFeedback } from './outcome.repository.js';

/**
 * A year, so that seasons can be compared, and a little more: rankers learn from half a year and the 21 days after, figures of
 * health are counted within 22 days and kept as sums, and experiments count what happened in the last eight.
 */
const KEPT_DAYS = 400;
const BATCH = 500;

/** Forgets which lists were shown, and what became of it, after 400 days. */
export function purgeFeedbackJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'purge-feedback',
    description: `Forgets which lists were shown, and what became of it, after ${KEPT_DAYS} days.`,
    payload: z.object({}),
    cron: '35 3 * * *',
    handler: async (_payload, { signal }) => {
      const before = new Date(Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000);
      let removed = BATCH;
      while (removed === BATCH && !signal.aborted) removed = await deleteFeedback(em.fork(), before, BATCH);
    },
  });
}
