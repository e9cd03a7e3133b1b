import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import type { PaymentsCore } from '../core.js';
import { stripeFee } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { Payment } from '../payments/payment.entity.js';
import { lockPayment } from '../payments/payment.repository.js';
import { isMadeByUs } from '../stripe/our-call.js';
import type { ObjectSync } from '../stripe/stripe-sync.js';
import { Refund } from './refund.entity.js';
import { expanded, idOf, lockRefund, type RefundTools, takeOver } from './refund-outcome.js';
import { takeFromPayment } from './refund-shares.js';

type Known = Pick<PaymentsCore, 'tools' | 'sync'>;

/** Follows refunds, also those that somebody made by hand in Stripe's dashboard. */
export function refundSync(core: Known, tools: RefundTools): ObjectSync<Stripe.Refund> {
  return {
    kind: 'refund',
    fetch: async (stripe, id, account) => {
      const refund = await stripe.refunds.retrieve(
        id,
        { expand: ['balance_transaction'] },
        account ? { stripeAccount: account } : {},
      );
      await knowPayment(core, refund);
      return refund;
    },
    apply: (tx, refund, now) => applyRefund(tx, tools, refund, now),
  };
}

/** Follows charges: what Stripe takes for them, and what went back of them. */
export function chargeSync(
  core: Known,
  tools: RefundTools,
): ObjectSync<{ charge: Stripe.Charge; refunds: Stripe.Refund[] }> {
  return {
    kind: 'charge',
    fetch: async (stripe, id, account) => {
      const options = account ? { stripeAccount: account } : {};
      const charge = await stripe.charges.retrieve(id, { expand: ['balance_transaction'] }, options);
      await knowPayment(core, { charge: id, payment_intent: charge.payment_intent });
      const refunds: Stripe.Refund[] = [];
      if (charge.amount_refunded > 0) {
        const expand = ['data.balance_transaction'];
        for await (const refund of stripe.refunds.list({ charge: id, limit: 100, expand }, options))
          refunds.push(refund);
      }
      return { charge, refunds };
    },
    apply: async (tx, { charge, refunds }, now) => {
      const payment = await paymentOfCharge(tx, charge.id);
      const transaction = expanded(charge.balance_transaction);
      if (transaction && transaction.fee !== 0) {
        const { id: transactionId, fee: feeMinor } = transaction;
        const currency = transaction.currency.toUpperCase();
        await postJournal(tx, stripeFee({ transactionId, feeMinor, currency, paymentId: payment?.id ?? null }), now);
      }
      for (const refund of refunds) await applyRefund(tx, tools, refund, now);
    },
  };
}

/** Takes over how a refund stands. */
async function applyRefund(tx: EntityManager, tools: RefundTools, made: Stripe.Refund, now: Date): Promise<void> {
  const ours = await lockRefund(tx, made.metadata?.['refundId'] ?? '');
  if (ours && (await isMadeByUs(tx, made, ours.refund.id))) return takeOver(tx, tools, ours, made, now);
  const { chargeId } = idsOf(made);
  const owner = chargeId ? await paymentOfCharge(tx, chargeId) : null;
  const payment = owner && (await lockPayment(tx, owner.id));
  // Such as of a tutor's premium membership.
  if (!payment) return;
  const known = await tx.findOne(Refund, { stripeRefundId: made.id }, { refresh: true });
  if (known) return takeOver(tx, tools, { payment, refund: known }, made, now);
  if (made.amount > payment.amountMinor - payment.refundedMinor) {
    // One of ours is on its way that Stripe will refuse: then there is room.
    throw new Error(`Refund ${made.id} and those of payment ${payment.id} that wait are more than was paid`);
  }
  const wish = { amountMinor: made.amount, reason: 'BY_STAFF', cause: `stripe:${made.id}` } as const;
  const refund = await takeFromPayment(tx, tools.operations, payment, wish, now);
  if (refund) await takeOver(tx, tools, { payment, refund }, made, now);
}

/**
 * Takes a payment over first whose money has gone back or is disputed before we have heard of its arrival: news of Stripe
 * come in any order.
 */
export async function knowPayment(
  { tools, sync }: Known,
  about: Pick<Stripe.Refund, 'charge' | 'payment_intent'>,
): Promise<void> {
  const { chargeId, intentId } = idsOf(about);
  if (!(chargeId && intentId)) return;
  if (await paymentOfCharge(tools.orm.em.fork(), chargeId)) return;
  await sync.refresh('payment_intent', intentId);
}

/** The payment that a charge was made for; lessons that were paid from a package have its charge too. */
export function paymentOfCharge(em: EntityManager, stripeChargeId: string): Promise<Payment | null> {
  return em.findOne(Payment, { stripeChargeId, method: { $ne: 'PACKAGE' } });
}

function idsOf({ charge, payment_intent: intent }: Pick<Stripe.Refund, 'charge' | 'payment_intent'>) {
  return { chargeId: idOf(charge), intentId: idOf(intent) };
}
