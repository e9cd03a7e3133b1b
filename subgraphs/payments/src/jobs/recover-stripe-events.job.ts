import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { StripeRecovery } from '../stripe/stripe-recovery.js';

/** Looks for events of Stripe that its webhooks did not bring. */
export function recoverStripeEventsJob(recovery: StripeRecovery): JobDefinition {
  return defineJob({
    name: 'recover-stripe-events',
    description: 'Gives events of Stripe their effect that could not be delivered.',
    payload: z.object({}),
    cron: '*/10 * * * *',
    retries: 0,
    timeoutSeconds: 590,
    handler: (_payload, { signal }) => recovery.run(signal),
  });
}
