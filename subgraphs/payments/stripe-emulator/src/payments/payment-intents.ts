import type Stripe from 'stripe';
import { emit } from '../events/emit.js';
import { formatAmount } from '../money/format.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId, randomText } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { nextAction } from './authentication.js';
import { makeCharge } from './charges.js';
import { AUTHENTICATION_REQUIRED, type Decline, declineError, declineOf, lastError } from './declines.js';
import { intentCameThrough, intentFailed } from './intent-purpose.js';
import { assertUsable, attachMethod, factsOf, setUpForLater, spend } from './payment-methods.js';

const SMALLEST = 50;
const LARGEST = 99_999_999;

/** What an intent begins with; the rest is empty. */
export type NewIntent = Pick<Stripe.PaymentIntent, 'amount' | 'currency'> & Partial<Stripe.PaymentIntent>;

/** How an intent is confirmed. */
export interface Confirmation {
  /** The customer is not there: nobody can be asked to authenticate. @default false */
  isOffSession?: boolean | undefined;
  /** Where the page of 3-D Secure leads back to. */
  returnUrl?: string | null | undefined;
}

/** What came of a confirmation. */
export interface Confirmed {
  intent: Stripe.PaymentIntent;
  /** Why it was declined; to be returned, not thrown, for the attempt has happened. */
  error: StripeError | null;
}

/** Makes an intent that waits for a payment method or for being confirmed. @throws StripeError for a wrong amount */
export function createIntent(tx: Transaction, given: NewIntent): Stripe.PaymentIntent {
  assertAmount(given.amount, given.currency);
  const intent = tx.put('payment_intent', { ...emptyIntent(tx, given), ...given });
  emit(tx, 'payment_intent.created', intent);
  return intent;
}

/**
 * Pays, or asks for what is missing: the status becomes `succeeded`, `requires_capture`, `requires_action`, or
 * `requires_payment_method` when the card was declined.
 *
 * @throws StripeError when the intent cannot be confirmed as it is
 */
export function confirmIntent(tx: Transaction, id: string, confirmation: Confirmation = {}): Confirmed {
  const intent = tx.get('payment_intent', id, 'intent');
  assertConfirmable(intent);
  if (typeof intent.payment_method !== 'string') {
    throw unexpectedState(
      intent,
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    );
  }
  const method = tx.get('payment_method', intent.payment_method);
  assertUsable(tx, method, typeof intent.customer === 'string' ? intent.customer : null);
  const { authentication } = factsOf(tx, method.id).behaviour;
  const { isOffSession = false, returnUrl = null } = confirmation;
  if (!authentication || (isOffSession && authentication === 'set_up')) return attempt(tx, intent, method, false);
  if (isOffSession) return fail(tx, intent, method, AUTHENTICATION_REQUIRED, false);
  const asked = tx.put('payment_intent', {
    ...intent,
    last_payment_error: null,
    next_action: nextAction(tx, intent, returnUrl),
    status: 'requires_action',
  });
  emit(tx, 'payment_intent.requires_action', asked);
  return { intent: asked, error: null };
}

/** Goes on when the holder has, or has not, proved to be there. @throws StripeError when nobody asked */
export function finishAuthentication(tx: Transaction, id: string, isPassed: boolean): Confirmed {
  const intent = tx.get('payment_intent', id, 'intent');
  if (intent.status !== 'requires_action' || typeof intent.payment_method !== 'string') {
    throw unexpectedState(
      intent,
      `This PaymentIntent does not wait for authentication: its status is ${intent.status}.`,
    );
  }
  const method = tx.get('payment_method', intent.payment_method);
  if (isPassed) return attempt(tx, intent, method, true);
  const error = new StripeError(
    400,
    'invalid_request_error',
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    { code: 'payment_intent_authentication_failure' },
  );
  return { intent: putFailed(tx, intent, method, error, {}), error };
}

/** Ends an intent that has not succeeded. @throws StripeError when it has, or ended already */
export function cancelIntent(
  tx: Transaction,
  id: string,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  const before = tx.get('payment_intent', id, 'intent');
  if (before.status === 'succeeded' || before.status === 'canceled') {
    throw unexpectedState(
      before,
      `You cannot cancel this PaymentIntent because it has a status of ${before.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, processing.`,
    );
  }
  const after = tx.put('payment_intent', {
    ...before,
    amount_capturable: 0,
    canceled_at: tx.now,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  emit(tx, 'payment_intent.canceled', after);
  return after;
}

/** @throws StripeError when Stripe would not take such an amount */
export function assertAmount(amount: number, currency: string): void {
  if (amount < SMALLEST) {
    throw new StripeError(
      400,
      'invalid_request_error',
      `Amount must be at least ${formatAmount(SMALLEST, currency)} ${currency}`,
      { code: 'amount_too_small', param: 'amount' },
    );
  }
  if (amount > LARGEST) {
    throw new StripeError(
      400,
      'invalid_request_error',
      `Amount must be no more than ${formatAmount(LARGEST, currency)} ${currency}`,
      { code: 'amount_too_large', param: 'amount' },
    );
  }
}

/** What an intent's status does not allow. */
export function unexpectedState(intent: Stripe.PaymentIntent, message: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent,
  });
}

function assertConfirmable(intent: Stripe.PaymentIntent): void {
  if (intent.status === 'succeeded') {
    throw unexpectedState(
      intent,
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
    );
  }
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedState(
      intent,
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`,
    );
  }
}

function attempt(
  tx: Transaction,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  isAuthenticated: boolean,
): Confirmed {
  const { decline } = factsOf(tx, method.id).behaviour;
  if (decline) return fail(tx, intent, method, declineOf(decline), isAuthenticated);
  const isCaptured = intent.capture_method !== 'manual';
  const paid = savedMethod(tx, intent, method);
  const charge = makeCharge(tx, intent, paid, { decline: null, isAuthenticated, isCaptured });
  const after = tx.put('payment_intent', {
    ...intent,
    amount_capturable: isCaptured ? 0 : intent.amount,
    amount_received: isCaptured ? intent.amount : 0,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    status: isCaptured ? 'succeeded' : 'requires_capture',
  });
  emit(tx, isCaptured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', after);
  intentCameThrough(tx, after);
  return { intent: after, error: null };
}

/** A payment method that is paid with once is spent; one that is to be used again is saved. */
function savedMethod(tx: Transaction, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod) {
  if (intent.setup_future_usage === 'off_session') setUpForLater(tx, method.id);
  if (method.customer !== null) return method;
  if (intent.setup_future_usage !== null && typeof intent.customer === 'string') {
    return attachMethod(tx, method.id, intent.customer);
  }
  spend(tx, method.id);
  return method;
}

function fail(
  tx: Transaction,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
  isAuthenticated: boolean,
): Confirmed {
  const { id } = makeCharge(tx, intent, method, { decline, isAuthenticated, isCaptured: false });
  const after = putFailed(tx, intent, method, declineError(decline, { charge: id }), { latest_charge: id });
  return {
    intent: after,
    error: declineError(decline, { charge: id, payment_intent: after, payment_method: method }),
  };
}

function putFailed(
  tx: Transaction,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  error: StripeError,
  fields: Partial<Stripe.PaymentIntent>,
): Stripe.PaymentIntent {
  const after = tx.put('payment_intent', {
    ...intent,
    ...fields,
    last_payment_error: lastError(error, method),
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emit(tx, 'payment_intent.payment_failed', after);
  intentFailed(tx, after);
  return after;
}

function emptyIntent(tx: Transaction, { amount, currency, payment_method = null }: NewIntent): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: tx.now,
    currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: payment_method === null ? 'requires_payment_method' : 'requires_confirmation',
    transfer_data: null,
    transfer_group: null,
  };
}
