import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import type { CatchUpRunner } from './catch-up.js';

const payload = z.object({
  /** Only where the market was never copied as a whole, or that was cut off. */
  ifNeeded: z.boolean().default(false),
});

/** @see catchUpMarketJob */
export type CatchUpMarketJob = JobDefinition<typeof payload>;

/** The job that copies the whole market, and what has it run when an installation needs it. */
export function catchUpMarketJob(runner: CatchUpRunner) {
  const job: CatchUpMarketJob = defineJob({
    name: 'catch-up-market',
    description: 'Copies the whole market from marketplace: what was missed comes, what is gone goes.',
    payload,
    cron: '20 2 * * 0',
    timeoutSeconds: 3_600,
    retries: 20,
    handler: async ({ ifNeeded }, { signal }) => {
      if (!(ifNeeded && (await runner.isDone()))) await runner.run(signal);
    },
  });
  return {
    job,
    /** At the first start there may be a market already; and one that was cut off goes on at once. */
    async enqueueIfNeeded(em: EntityManager): Promise<void> {
      if (!(await runner.isDone())) await transaction(em, (tx) => enqueue(tx, job, { ifNeeded: true }));
    },
  };
}
