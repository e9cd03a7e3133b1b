import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import type { ReconciliationService } from '../reconciliation/reconciliation.service.js';

/** Begins the reconciliation of the day. */
export function beginReconciliationJob(reconciliations: ReconciliationService): JobDefinition {
  return defineJob({
    name: 'begin-reconciliation',
    description: 'Begins to compare what happened since the last time with the balances at Stripe.',
    payload: z.object({}),
    cron: '20 4 * * *',
    handler: () => reconciliations.beginDaily(),
  });
}
