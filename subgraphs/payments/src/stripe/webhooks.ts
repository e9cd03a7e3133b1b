import { setTimeout as delay } from 'node:timers/promises';
import type { PaymentsCore, PaymentsPart } from '../core.js';
import { recoverStripeEventsJob } from '../jobs/recover-stripe-events.job.js';
import { codeOf } from './stripe-client.js';
import { StripeRecovery } from './stripe-recovery.js';
import { registerWebhook } from './webhook-route.js';

const STOP_WAITS_MS = 2_000;

/** How news of Stripe come in: by its webhooks, and by asking for those that did not come. */
export function createWebhooks(core: PaymentsCore): PaymentsPart {
  const { tools, stripe, sync } = core;
  const recovery = new StripeRecovery({ em: tools.orm.em, stripe, sync, logger: tools.logger });
  const stopping = new AbortController();
  let first: Promise<void> = Promise.resolve();
  return {
    resolvers: [],
    // What came while this room was away. The first requests need not wait for it, nor for Stripe to be there.
    prepare: async () => {
      first = recovery.run(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted)
          tools.logger.warn({ code: codeOf(error) }, 'Stripe cannot be asked for events; a job does it later');
      });
    },
    close: async () => {
      stopping.abort();
      // A request that Stripe does not answer must not keep the process.
      await Promise.race([first, delay(STOP_WAITS_MS, undefined, { ref: false })]);
    },
    jobs: [recoverStripeEventsJob(recovery)],
    routes: (app) => registerWebhook(app, core),
  };
}
