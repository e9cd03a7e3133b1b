import { purgeIdempotencyKeysJob } from '@tutorgraph/kit/idempotency/purge-idempotency-keys.job';
import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { PaymentsCore, PaymentsPart } from './core.js';
import { Customers } from './customers/customers.js';
import { createDisputes } from './disputes/disputes.js';
import { readPaymentsEnvironment } from './environment.js';
import { createLedger } from './ledger/wire-ledger.js';
import { createMetrics } from './metrics/wire-metrics.js';
import { createPaying } from './payments/paying.part.js';
import { createPayouts } from './payouts/payouts.part.js';
import { createPremium } from './premium/premium.part.js';
import { createReconciliation } from './reconciliation/wire-reconciliation.js';
import { createRefunds } from './refunds/refunds.js';
import { createSettlement } from './settlement/settlement.js';
import { createStripe } from './stripe/stripe-client.js';
import { StripeOperations } from './stripe/stripe-operations.js';
import { StripeSync } from './stripe/stripe-sync.js';
import { createWebhooks } from './stripe/webhooks.js';

/** Wires the payments room. */
export function createPayments(tools: RoomTools): RoomParts {
  const { em } = tools.orm;
  const environment = readPaymentsEnvironment(tools.settings);
  const stripe = createStripe({ secretKey: environment.STRIPE_SECRET_KEY, apiUrl: environment.STRIPE_API_URL });
  const operations = new StripeOperations(em, stripe, tools.logger);
  const sync = new StripeSync(em, stripe);
  const customers = new Customers(em, operations);
  const core: PaymentsCore = { tools, environment, stripe, operations, sync, customers };
  const parts = partsOf(core);
  return {
    resolvers: parts.flatMap(({ resolvers }) => resolvers),
    jobs: [purgeIdempotencyKeysJob(em), ...parts.flatMap(({ jobs = [] }) => jobs)],
    consumers: parts.flatMap(({ consumers = [] }) => consumers),
    prepare: async () => {
      for (const { prepare } of parts) await prepare?.();
      operations.start();
    },
    close: async () => {
      await operations.stop();
      for (const { close } of parts) await close?.();
    },
    routes: (app) => {
      for (const { routes } of parts) routes?.(app);
    },
  };
}

/** Every part of the room. */
function partsOf(core: PaymentsCore): readonly PaymentsPart[] {
  return [
    createPaying(core),
    createWebhooks(core),
    createPayouts(core),
    createPremium(core),
    createRefunds(core),
    createSettlement(core),
    createDisputes(core),
    // Finance.
    createLedger(core),
    createReconciliation(core),
    createMetrics(),
  ];
}
