import type { PaymentsCore, PaymentsPart } from '../core.js';
import { beginReconciliationJob } from '../jobs/begin-reconciliation.job.js';
import { reconcileJob } from '../jobs/reconcile.job.js';
import { Reconciler } from './reconciler.js';
import { DifferenceResolver, ReconciliationResolver } from './reconciliation.resolver.js';
import { ReconciliationService } from './reconciliation.service.js';
import { ReconciliationRun } from './reconciliation-run.js';

/** The daily comparison of the ledger with Stripe. */
export function createReconciliation({ tools, stripe }: PaymentsCore): PaymentsPart {
  const { em } = tools.orm;
  const run = new ReconciliationRun(em, new Reconciler(em, stripe), tools.metrics);
  const reconcile = reconcileJob(run);
  const service = new ReconciliationService(em, reconcile);
  return {
    resolvers: [new ReconciliationResolver(service), new DifferenceResolver()],
    jobs: [reconcile, beginReconciliationJob(service)],
  };
}
