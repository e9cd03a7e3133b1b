import type Stripe from 'stripe';
import { inTimeOf } from '../billing/billing-time.js';
import { collectInvoice, intentOf } from '../billing/invoice-life.js';
import { createSubscription } from '../billing/subscription-life.js';
import { hasEnded } from '../billing/subscription-standing.js';
import { mergeMetadata } from '../http/input.js';
import { createCustomer } from '../payments/customer.js';
import { confirmIntent, createIntent } from '../payments/payment-intents.js';
import { createMethod } from '../payments/payment-methods.js';
import { confirmSetupIntent, createSetupIntent } from '../payments/setup-intents.js';
import { StripeError } from '../protocol/stripe-error.js';
import type { Transaction } from '../store/transaction.js';
import type { Payer } from './card-form.rules.js';
import { ownerEmail } from './completion.js';
import { checkoutFactsOf } from './sessions.js';

type Session = Stripe.Checkout.Session;

/** What came of paying: the page of 3-D Secure to go to, a refusal, or nothing more to do. */
export type Paid = { authenticateAt: string } | { refusal: StripeError } | 'DONE';

/** Pays an open session with a card, or saves the card. What a declined attempt wrote remains. */
export function pay(tx: Transaction, session: Session, payer: Payer): Paid {
  const email = session.customer_email ?? ownerEmail(tx, session) ?? payer.email ?? undefined;
  let method: Stripe.PaymentMethod;
  try {
    method = createMethod(tx, { type: 'card', card: payer.card, billing_details: { email, name: payer.name } });
  } catch (error) {
    if (error instanceof StripeError) return { refusal: error };
    throw error;
  }
  const owned = withCustomer(tx, session, payer, email);
  if (owned.mode === 'setup') return saveCard(tx, owned, method);
  return owned.mode === 'subscription' ? subscribe(tx, owned, method) : payOnce(tx, owned, method);
}

/** Makes the session's customer when it needs one that it was not given. */
function withCustomer(tx: Transaction, session: Session, payer: Payer, email: string | undefined): Session {
  const { setup_future_usage } = checkoutFactsOf(tx, session.id).paymentIntent;
  const isNeeded = session.mode !== 'payment' || session.customer_creation === 'always' || setup_future_usage;
  if (session.customer !== null || !isNeeded) return session;
  const { id } = createCustomer(tx, { email, name: payer.name });
  return tx.put('checkout.session', { ...session, customer: id });
}

function payOnce(tx: Transaction, session: Session, method: Stripe.PaymentMethod): Paid {
  const intent = onceIntentOf(tx, session, method);
  const { intent: after, error } = confirmIntent(tx, intent.id, { returnUrl: pageOf(tx, session) });
  return outcome(after.next_action?.redirect_to_url?.url, error);
}

function onceIntentOf(tx: Transaction, session: Session, method: Stripe.PaymentMethod): Stripe.PaymentIntent {
  if (typeof session.payment_intent === 'string') {
    return tx.update('payment_intent', session.payment_intent, {
      payment_method: method.id,
      next_action: null,
      status: 'requires_confirmation',
    });
  }
  const { metadata, ...given } = checkoutFactsOf(tx, session.id).paymentIntent;
  const intent = createIntent(tx, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    metadata: mergeMetadata({}, metadata),
    payment_method: method.id,
    receipt_email: given.receipt_email ?? null,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
  tx.put('intent_purpose', { id: intent.id, session: session.id, invoice: null });
  tx.put('checkout.session', { ...session, payment_intent: intent.id });
  return intent;
}

/** The subscription begins with the first attempt, and becomes active with the first that comes through. */
function subscribe(tx: Transaction, session: Session, method: Stripe.PaymentMethod): Paid {
  const begun = typeof session.subscription === 'string' ? tx.find('subscription', session.subscription) : undefined;
  const subscription = begun && !hasEnded(begun) ? begun : begin(tx, session);
  const invoice = String(subscription.latest_invoice);
  tx.put('intent_purpose', { id: intentOf(tx, invoice), session: session.id, invoice });
  tx.put('checkout.session', { ...session, invoice, subscription: subscription.id });
  const how = { method: method.id, isOffSession: false, isAutomatic: false, returnUrl: pageOf(tx, session) };
  const result = collectInvoice(tx, invoice, how);
  return outcome(result?.intent.next_action?.redirect_to_url?.url, result?.error ?? null);
}

function begin(tx: Transaction, session: Session): Stripe.Subscription {
  const { lines, subscription } = checkoutFactsOf(tx, session.id);
  const items = lines.flatMap(({ price, quantity }) => (price ? [{ price, quantity: quantity ?? 1 }] : []));
  const customer = String(session.customer);
  return createSubscription(inTimeOf(tx, customer), {
    customer,
    items: items.filter(({ price }) => price.recurring),
    once: items.filter(({ price }) => !price.recurring),
    description: subscription.description,
    metadata: mergeMetadata({}, subscription.metadata),
    savesPaymentMethod: true,
  });
}

function saveCard(tx: Transaction, session: Session, method: Stripe.PaymentMethod): Paid {
  const intent = setupIntentOf(tx, session, method);
  const { intent: after, error } = confirmSetupIntent(tx, intent.id, pageOf(tx, session));
  return outcome(after.next_action?.redirect_to_url?.url, error);
}

function setupIntentOf(tx: Transaction, session: Session, method: Stripe.PaymentMethod): Stripe.SetupIntent {
  if (typeof session.setup_intent === 'string') {
    return tx.update('setup_intent', session.setup_intent, {
      payment_method: method.id,
      next_action: null,
      status: 'requires_confirmation',
    });
  }
  const { metadata, description = null } = checkoutFactsOf(tx, session.id).setupIntent;
  const intent = createSetupIntent(tx, {
    customer: session.customer,
    description,
    metadata: mergeMetadata({}, metadata),
    payment_method: method.id,
  });
  tx.put('intent_purpose', { id: intent.id, session: session.id, invoice: null });
  tx.put('checkout.session', { ...session, setup_intent: intent.id });
  return intent;
}

function pageOf(tx: Transaction, { id }: Session): string {
  return `${tx.surroundings.publicUrl}/c/pay/${id}`;
}

function outcome(authenticateAt: string | null | undefined, refusal: StripeError | null): Paid {
  if (refusal) return { refusal };
  return authenticateAt ? { authenticateAt } : 'DONE';
}
