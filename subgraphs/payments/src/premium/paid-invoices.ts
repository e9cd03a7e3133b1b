import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import type Stripe from 'stripe';
import { premiumActivated } from '../events.js';
import { premiumInvoice, stripeFee } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { taxWithin } from '../payments/split.rules.js';
import { isMadeByUs } from '../stripe/our-call.js';
import { prolonged } from './premium.rules.js';
import type { PremiumMembership } from './premium-membership.entity.js';
import { moveMembership } from './premium-steps.js';

/** An invoice of a subscription that was paid. */
export interface PaidInvoice {
  id: string;
  membershipId: string;
  /** That of its subscription. */
  metadata: Stripe.Metadata;
  amountMinor: number;
  currency: string;
  paidAt: Date;
  /** Stripe's balance transaction and what Stripe kept of it; null when nothing had to be paid. */
  transaction: { id: string; feeMinor: number } | null;
}

/** Reads how an invoice was paid; null for one that is not paid, or is of no membership of ours. */
export async function readPaidInvoice(stripe: Stripe, invoice: Stripe.Invoice): Promise<PaidInvoice | null> {
  const { id, parent, status, status_transitions: times, amount_paid: amountMinor, currency } = invoice;
  const metadata = parent?.subscription_details?.metadata ?? {};
  const { membershipId } = metadata;
  if (!membershipId || status !== 'paid' || times.paid_at === null) return null;
  const paidAt = new Date(times.paid_at * 1_000);
  const transaction = await transactionOf(stripe, invoice);
  return { id, membershipId, metadata, amountMinor, currency: currency.toUpperCase(), paidAt, transaction };
}

/** What is read of an invoice besides. */
export const INVOICE_DETAILS = ['payments'];

async function transactionOf(stripe: Stripe, { payments }: Stripe.Invoice): Promise<PaidInvoice['transaction']> {
  const intent = payments?.data.find(({ status }) => status === 'paid')?.payment.payment_intent;
  if (!intent) return null;
  const id = typeof intent === 'string' ? intent : intent.id;
  const { latest_charge: charge } = await stripe.paymentIntents.retrieve(id, {
    expand: ['latest_charge.balance_transaction'],
  });
  const transaction = charge && typeof charge === 'object' ? charge.balance_transaction : null;
  return transaction && typeof transaction === 'object' ? { id: transaction.id, feeMinor: transaction.fee } : null;
}

/**
 * Takes over a paid invoice, once: it is money of the platform's and thirty more days.
 *
 * @param membership locked by the caller
 */
export async function applyPaidInvoice(
  tx: EntityManager,
  membership: PremiumMembership,
  invoice: PaidInvoice,
  taxPercent: number,
  now: Date,
): Promise<void> {
  if (!(await isMadeByUs(tx, invoice, membership.id))) return;
  const { id, amountMinor, currency, paidAt, transaction } = invoice;
  const { rows } = await sql`
    insert into payments.premium_invoices (stripe_invoice_id, membership_id, amount_minor, currency, paid_at)
    values (${id}, ${membership.id}, ${amountMinor}, ${currency}, ${paidAt})
    on conflict do nothing returning 1`.execute(tx.getKysely());
  if (rows.length === 0) return;
  const revenue = { stripeInvoiceId: id, amountMinor, currency };
  const taxMinor = taxWithin(amountMinor, taxPercent);
  await postJournal(tx, premiumInvoice(revenue, taxMinor, transaction?.id ?? null), now);
  if (transaction) {
    const { id: transactionId, feeMinor } = transaction;
    await postJournal(tx, stripeFee({ transactionId, feeMinor, currency, paymentId: null }), now);
  }
  const premiumUntil = prolonged(membership.premiumUntil ?? null, paidAt);
  Object.assign(membership, { premiumUntil, updatedAt: now });
  // Paid too late: the money is there, and staff may give it back.
  if (membership.status === 'ENDED') return;
  const { tutorId, userId, status } = membership;
  // An old invoice that is heard of late does not pay what is due now.
  if (status === 'INCOMPLETE' || (status === 'PAST_DUE' && premiumUntil > now)) {
    moveMembership(membership, 'ACTIVE', now);
    Object.assign(membership, { graceUntil: null, checkoutUrl: null });
  }
  const data = { tutorId, userId, premiumUntil: premiumUntil.toISOString() };
  recordEvent(tx, premiumActivated.create({ subject: membership.id, data }));
}
