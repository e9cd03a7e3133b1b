import { randomUUID } from 'node:crypto';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { perSecond } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph } from '@tutorgraph/kit/testing/graph';
import { createStripeEmulator } from '@tutorgraph/stripe-emulator/emulator';
import Stripe from 'stripe';
import { type BarePayments, barePayments } from './bare-payments.ts';

const SECRET = 'whsec_of_the_bench';
const PAYMENTS = 3_000;
const AT_ONCE = 8;

/** Webhooks of Stripe over HTTP, signed: news of payments, each once and again. The emulator answers from this process too. */
export async function bench(compare: Compare): Promise<void> {
  const emulator = createStripeEmulator();
  const stripeUrl = new URL(await emulator.listen());
  const stripe = new Stripe('sk_test_emulator', { host: stripeUrl.hostname, port: stripeUrl.port, protocol: 'http' });
  const settings = {
    STRIPE_SECRET_KEY: 'sk_test_emulator',
    STRIPE_API_URL: stripeUrl.origin,
    STRIPE_WEBHOOK_SECRET: SECRET,
  };
  const graph = await startTestGraph(['accounts', 'payments'], benchDatabase, settings, openGenerousRateLimiter);
  const served = await graph.serve('payments');
  const bare = await barePayments(graph.databaseUrl);
  const events = await paidIntents(stripe, bare);
  const address = `${new URL(served.url).origin}/webhooks/stripe`;

  let next = 0;
  const first = {
    name: 'webhook: a payment succeeded',
    load: repeat(() => deliver(address, events[next++])),
    peer: { name: 'its bare SQL', load: repeat(() => bare.pay()) },
    concurrency: AT_ONCE,
    mostCalls: PAYMENTS,
  };
  await compare({ ...first, goal: perSecond(100) });
  const known = events[0];
  await compare({
    name: 'webhook: an event that is known',
    load: repeat(() => deliver(address, known)),
    peer: {
      name: 'reading a Stripe object once',
      load: repeat(() => stripe.paymentIntents.retrieve(known?.intent ?? '')),
    },
    goal: perSecond(500),
    concurrency: AT_ONCE,
  });
  await bare.close();
  await served.close();
  await graph.close();
  await emulator.close();
}

interface Delivery {
  intent: string;
  payload: string;
  signature: string;
}

/** Payments that wait, and what Stripe will say of each. */
async function paidIntents(stripe: Stripe, bare: BarePayments): Promise<Delivery[]> {
  const paymentIds = await bare.addPayments(PAYMENTS);
  const deliveries: Delivery[] = [];
  for (let start = 0; start < paymentIds.length; start += AT_ONCE) {
    const some = paymentIds.slice(start, start + AT_ONCE).map(async (paymentId) => {
      const intent = await stripe.paymentIntents.create({
        ...{ amount: 2_500, currency: 'eur', metadata: { paymentId }, confirm: true, payment_method: 'pm_card_visa' },
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      });
      return deliveryOf(intent);
    });
    deliveries.push(...(await Promise.all(some)));
  }
  return deliveries;
}

function deliveryOf(intent: Stripe.PaymentIntent): Delivery {
  const payload = JSON.stringify({
    ...{ id: `evt_${randomUUID()}`, object: 'event', type: 'payment_intent.succeeded', livemode: false },
    ...{ created: Math.floor(Date.now() / 1_000), pending_webhooks: 1, request: null, data: { object: intent } },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET, timestamp: nextHour() });
  return { intent: intent.id, payload, signature };
}

/** Signed a little ahead, so that the last of them is not too old when its turn comes. */
function nextHour(): number {
  return Math.floor(Date.now() / 1_000) + 3_600;
}

async function deliver(address: string, delivery: Delivery | undefined): Promise<void> {
  if (!delivery) throw new Error('There are no payments left');
  const headers = { 'content-type': 'application/json', 'stripe-signature': delivery.signature };
  const answer = await fetch(address, { method: 'POST', headers, body: delivery.payload });
  await answer.body?.cancel();
  if (answer.status !== 200) throw new Error(`The webhook was answered with ${answer.status}`);
}
