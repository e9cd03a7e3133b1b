import type { PaymentsCore, PaymentsPart } from '../core.js';
import { recoverStripeEventsJob } from '../jobs/recover-stripe-events.job.js';
import { StripeRecovery } from './stripe-recovery.js';
import { registerWebhook } from './webhook-route.js';

/** How news of Stripe come in: by its webhooks, and by asking for those that did not come. */
export function createWebhooks(core: PaymentsCore): PaymentsPart {
  const { tools, stripe, sync } = core;
  const recovery = new StripeRecovery({ em: tools.orm.em, stripe, sync, logger: tools.logger });
  return {
    resolvers: [],
    jobs: [recoverStripeEventsJob(recovery)],
    routes: (app) => registerWebhook(app, core),
  };
}
