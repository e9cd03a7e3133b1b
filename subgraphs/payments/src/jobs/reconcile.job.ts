import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { type ReconciliationRun, reconciliationPayload } from '../reconciliation/reconciliation-run.js';

/** Carries one reconciliation out. */
export function reconcileJob(reconciliations: ReconciliationRun): JobDefinition<typeof reconciliationPayload> {
  return defineJob({
    name: 'reconcile',
    description: 'Compares the ledger with the balances at Stripe, and reports every difference.',
    payload: reconciliationPayload,
    retryDelaySeconds: 60,
    timeoutSeconds: 3 * 60 * 60,
    handler: ({ id }, { signal }) => reconciliations.run(id, signal),
  });
}
