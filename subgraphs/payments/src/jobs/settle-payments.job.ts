import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { askForForgotten } from '../refunds/waiting-refunds.js';
import { settleDue } from '../settlement/settle-due.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';

/** Settles payments of lessons whose time to wait is over. */
export function settlePaymentsJob(em: EntityManager, operations: StripeOperations): JobDefinition {
  return defineJob({
    name: 'settle-payments',
    description: 'Pays the shares of lessons that took place to tutors, and money back that is due.',
    payload: z.object({}),
    cron: '* * * * *',
    retries: 0,
    handler: async (_payload, { signal, logger }) => {
      await settleDue({ em, operations, logger }, signal);
      await askForForgotten(em, operations, signal);
    },
  });
}
