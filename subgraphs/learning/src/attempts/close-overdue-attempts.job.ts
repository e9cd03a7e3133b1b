import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { findOverdue } from './attempt.repository.js';
import { expireAttempt } from './attempt-closing.js';

const BATCH = 100;

/** Closes attempts whose time is over and whom nobody has looked at since, each in a transaction of its own. */
export function closeOverdueAttemptsJob(em: EntityManager): JobDefinition {
  return defineJob({
    name: 'close-overdue-attempts',
    description: 'Closes and grades attempts at tests whose time is over, with what was answered in time.',
    payload: z.object({}),
    cron: '* * * * *',
    handler: async (_, { signal }) => {
      const now = new Date();
      let overdue: string[];
      do {
        overdue = await findOverdue(em.fork(), now, BATCH);
        for (const id of overdue) if (!signal.aborted) await expireAttempt(em, id, now);
      } while (!signal.aborted && overdue.length === BATCH);
    },
  });
}
