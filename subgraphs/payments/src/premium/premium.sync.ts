import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import type { PaymentsEnvironment } from '../environment.js';
import { isMadeByUs } from '../stripe/our-call.js';
import type { ObjectSync } from '../stripe/stripe-sync.js';
import { applyPaidInvoice, INVOICE_DETAILS, type PaidInvoice, readPaidInvoice } from './paid-invoices.js';
import { lockMembership } from './premium.repository.js';
import { PremiumInvoice } from './premium-invoice.entity.js';
import type { PremiumMembership } from './premium-membership.entity.js';
import { endMembership, fallBehind, moveMembership } from './premium-steps.js';

/** A subscription with its invoices that were paid and that we have not heard of. */
interface SubscriptionState {
  subscription: Stripe.Subscription;
  paid: readonly PaidInvoice[];
}

/** What decides about memberships. */
export type PremiumSettings = Pick<PaymentsEnvironment, 'PREMIUM_GRACE_DAYS' | 'TAX_PERCENT'>;

/** Follows subscriptions: what was paid of them first, then how they stand. */
export function subscriptionSync(em: EntityManager, settings: PremiumSettings): ObjectSync<SubscriptionState> {
  return {
    kind: 'subscription',
    async fetch(stripe, id) {
      const subscription = await stripe.subscriptions.retrieve(id);
      return { subscription, paid: await unheardInvoices(em, stripe, id) };
    },
    async apply(tx, { subscription, paid }, now) {
      const membership = await lockMembership(tx, subscription.metadata['membershipId'] ?? '');
      if (!membership || !(await isMadeByUs(tx, subscription, membership.id))) return;
      membership.stripeSubscriptionId ??= subscription.id;
      if (membership.stripeSubscriptionId !== subscription.id) return;
      for (const invoice of paid) await applyPaidInvoice(tx, membership, invoice, settings.TAX_PERCENT, now);
      membership.cancelAtPeriodEnd = subscription.cancel_at_period_end;
      follow(tx, membership, subscription.status, settings.PREMIUM_GRACE_DAYS, now);
    },
  };
}

/** Follows invoices: each that was paid prolongs its membership once. */
export function invoiceSync(settings: PremiumSettings): ObjectSync<PaidInvoice | null> {
  return {
    kind: 'invoice',
    fetch: async (stripe, id) =>
      readPaidInvoice(stripe, await stripe.invoices.retrieve(id, { expand: INVOICE_DETAILS })),
    async apply(tx, invoice, now) {
      const membership = invoice && (await lockMembership(tx, invoice.membershipId));
      if (membership) await applyPaidInvoice(tx, membership, invoice, settings.TAX_PERCENT, now);
    },
  };
}

async function unheardInvoices(em: EntityManager, stripe: Stripe, subscription: string): Promise<PaidInvoice[]> {
  const { data } = await stripe.invoices.list({
    ...{ subscription, status: 'paid', limit: 100 },
    expand: INVOICE_DETAILS.map((field) => `data.${field}`),
  });
  const known = await em.fork().find(PremiumInvoice, { stripeInvoiceId: { $in: data.map(({ id }) => id) } });
  const heard = new Set(known.map(({ stripeInvoiceId }) => stripeInvoiceId));
  const unheard = data.filter(({ id }) => !heard.has(id));
  const paid = await Promise.all(unheard.map((invoice) => readPaidInvoice(stripe, invoice)));
  return paid.flatMap((invoice) => invoice ?? []).sort((a, b) => a.paidAt.getTime() - b.paidAt.getTime());
}

function follow(
  tx: EntityManager,
  membership: PremiumMembership,
  status: Stripe.Subscription.Status,
  graceDays: number,
  now: Date,
): void {
  if (status === 'canceled' || status === 'incomplete_expired') endMembership(tx, membership, now);
  if (status === 'past_due' || status === 'unpaid') fallBehind(tx, membership, graceDays, now);
  const isPaid = membership.premiumUntil ? membership.premiumUntil > now : false;
  if (status === 'active' && membership.status === 'PAST_DUE' && isPaid) {
    moveMembership(membership, 'ACTIVE', now);
    membership.graceUntil = null;
  }
}
