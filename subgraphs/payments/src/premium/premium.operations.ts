import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import type { OperationHandler } from '../stripe/stripe-operations.js';
import { lockMembership } from './premium.repository.js';
import { PREMIUM_DAYS } from './premium.rules.js';
import { endMembership } from './premium-steps.js';

/** Kinds of operations; stored ones name them, so they never change. */
export const OPEN_PREMIUM = 'open-premium-checkout';
/** @see OPEN_PREMIUM */
export const CHANGE_PREMIUM = 'change-premium';
/** @see OPEN_PREMIUM */
export const END_PREMIUM = 'end-premium';

/** What Stripe's page is to sell. */
export interface OpenPremiumInput extends Readonly<Record<string, unknown>> {
  membershipId: string;
  /** Stripe's customer. */
  customer: string;
  amount: number;
  /** As Stripe writes it, in lower case. */
  currency: string;
  successUrl: string;
  cancelUrl: string;
}

/** Whether a subscription is to end with what is paid. */
export interface ChangePremiumInput extends Readonly<Record<string, unknown>> {
  subscription: string;
  cancelAtPeriodEnd: boolean;
}

/** A subscription that is to end now. */
export interface EndPremiumInput extends Readonly<Record<string, unknown>> {
  subscription: string;
}

/** Opens the page where premium is paid the first time. */
export const openPremium: OperationHandler<OpenPremiumInput, Stripe.Checkout.Session> = {
  kind: OPEN_PREMIUM,
  call: (stripe, input, { idempotencyKey }) => {
    const { membershipId, customer, amount, currency, successUrl, cancelUrl } = input;
    return stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        customer,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency,
              unit_amount: amount,
              recurring: { interval: 'day', interval_count: PREMIUM_DAYS },
              product_data: { name: 'Tutorgraph Premium' },
            },
          },
        ],
        subscription_data: { metadata: { membershipId, operationId: idempotencyKey } },
        metadata: { membershipId, operationId: idempotencyKey },
        success_url: successUrl,
        cancel_url: cancelUrl,
      },
      { idempotencyKey },
    );
  },
  async find(stripe, { customer }, operationId) {
    for await (const session of stripe.checkout.sessions.list({ customer, limit: 100 })) {
      if (session.metadata?.['operationId'] === operationId) return session;
    }
    return null;
  },
  async done(tx: EntityManager, id, session, now) {
    const membership = await lockMembership(tx, id);
    if (membership?.status !== 'INCOMPLETE') return;
    Object.assign(membership, { stripeSessionId: session.id, checkoutUrl: session.url, updatedAt: now });
  },
  async refused(tx, id, _code, now) {
    const membership = await lockMembership(tx, id);
    if (membership?.status === 'INCOMPLETE') endMembership(tx, membership, now);
  },
};

/** Lets a subscription end with what is paid, or go on. How it stands then is read anew. */
export const changePremium: OperationHandler<ChangePremiumInput, Stripe.Subscription> = {
  kind: CHANGE_PREMIUM,
  call: (stripe, { subscription, cancelAtPeriodEnd }, options) =>
    stripe.subscriptions.update(subscription, { cancel_at_period_end: cancelAtPeriodEnd }, options),
  async find(stripe, { subscription, cancelAtPeriodEnd }) {
    const found = await stripe.subscriptions.retrieve(subscription);
    return found.cancel_at_period_end === cancelAtPeriodEnd ? found : null;
  },
  done: async () => {},
  refused: async () => {},
};

/** Ends a subscription that was not paid. The membership has ended before. */
export const endPremium: OperationHandler<EndPremiumInput, Stripe.Subscription> = {
  kind: END_PREMIUM,
  call: (stripe, { subscription }, options) => stripe.subscriptions.cancel(subscription, {}, options),
  async find(stripe, { subscription }) {
    const found = await stripe.subscriptions.retrieve(subscription);
    return found.status === 'canceled' ? found : null;
  },
  done: async () => {},
  // There is nothing to end any more.
  refused: async () => {},
};
