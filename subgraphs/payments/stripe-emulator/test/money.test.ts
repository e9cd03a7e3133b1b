import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import { createStripeEmulator } from '../src/emulator.js';

fc.configureGlobal({ seed: 20261121 });

const CARDS = ['visa', 'bypassPending', 'chargeDeclined', 'refundFail', 'pendingRefund', 'createDispute'] as const;

const amount = fc.integer({ min: 40, max: 9_999 });
const part = fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: undefined });

const payment = fc.record({
  do: fc.constant('pay' as const),
  amount,
  currency: fc.constantFrom('usd', 'jpy'),
  card: fc.constantFrom(...CARDS),
  isHeld: fc.boolean(),
  captured: part,
  refunds: fc.array(part, { maxLength: 3 }),
});
const refund = fc.record({ do: fc.constant('refund' as const), which: fc.nat(), part });
const wait = fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 100 }) });
const action = fc.oneof(
  { weight: 3, arbitrary: payment },
  { weight: 2, arbitrary: refund },
  { weight: 2, arbitrary: wait },
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

/** Does what Stripe lets be done; a refusal is its right. */
async function tried<Result>(call: Promise<Result>): Promise<Result | undefined> {
  return call.catch((error: unknown) => {
    if (error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500) return undefined;
    throw error;
  });
}

async function perform(stripe: Stripe, intents: string[], step: Action, advance: (seconds: number) => void) {
  const giveBack = (payment_intent: string, part: number | undefined) =>
    tried(stripe.refunds.create({ payment_intent, ...(part && { amount: part }) }));
  if (step.do === 'wait') advance(step.hours * 3_600);
  else if (step.do === 'refund') await giveBack(intents[step.which % intents.length] ?? 'pi_none', step.part);
  else {
    const intent = await tried(
      stripe.paymentIntents.create({
        amount: step.amount,
        currency: step.currency,
        confirm: true,
        off_session: true,
        payment_method: `pm_card_${step.card}`,
        capture_method: step.isHeld ? 'manual' : 'automatic',
      }),
    );
    if (!intent) return;
    intents.push(intent.id);
    const captured = step.captured && { amount_to_capture: step.captured };
    if (step.isHeld) await tried(stripe.paymentIntents.capture(intent.id, { ...captured }));
    for (const part of step.refunds) await giveBack(intent.id, part);
  }
}

it('never makes or loses money, and remembers all of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 15 }), async (steps) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'stripe-emulator-'));
      const emulator = createStripeEmulator({ dataDir });
      const { hostname, port } = new URL(await emulator.listen());
      const stripe = new Stripe('sk_test_emulator', { host: hostname, port, protocol: 'http', telemetry: false });
      const intents: string[] = [];
      for (const step of steps) {
        await perform(stripe, intents, step, (seconds) => emulator.advance(seconds));
      }
      const movements = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
      for (const one of movements) expect(one.net).toBe(one.amount - one.fee);
      const balance = await stripe.balance.retrieve();
      for (const part of ['available', 'pending'] as const) {
        for (const { amount, currency } of balance[part]) {
          const own = movements.filter((one) => one.currency === currency && one.status === part);
          expect(amount).toBe(own.reduce((sum, { net }) => sum + net, 0));
        }
      }
      for await (const charge of stripe.charges.list({ limit: 100 })) {
        const refunds = (await stripe.refunds.list({ charge: charge.id, limit: 100 })).data;
        const back = refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
        expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount);
        if (charge.captured) expect(charge.amount_refunded).toBe(back + charge.amount - charge.amount_captured);
        expect(charge.refunded).toBe(charge.captured && charge.amount_refunded === charge.amount);
      }
      const pages = () =>
        Promise.all([stripe.charges, stripe.refunds, stripe.events].map((all) => all.list({ limit: 100 })));
      const before = JSON.stringify([await pages(), movements, balance]);
      await emulator.close();

      const again = createStripeEmulator({ dataDir });
      await again.listen({ host: hostname, port: Number(port) });
      const after = [
        await pages(),
        await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 }),
      ];
      expect(JSON.stringify([...after, await stripe.balance.retrieve()])).toBe(before);
      await again.close();
      await rm(dataDir, { recursive: true });
    }),
    { numRuns: 5 },
  );
});
