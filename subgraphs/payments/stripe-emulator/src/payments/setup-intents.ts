import type Stripe from 'stripe';
import { emit } from '../events/emit.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId, randomText } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { nextAction } from './authentication.js';
import { declineError, declineOf, lastError } from './declines.js';
import { intentCameThrough } from './intent-purpose.js';
import { assertUsable, attachMethod, factsOf, setUpForLater } from './payment-methods.js';

/** What came of setting a card up. */
export interface SetUp {
  intent: Stripe.SetupIntent;
  /** Why it was declined; to be returned, not thrown, for the attempt has happened. */
  error: StripeError | null;
}

/** Makes an intent to save a card. */
export function createSetupIntent(tx: Transaction, given: Partial<Stripe.SetupIntent>): Stripe.SetupIntent {
  const intent = tx.put('setup_intent', { ...emptySetupIntent(tx, given), ...given });
  emit(tx, 'setup_intent.created', intent);
  return intent;
}

/** Saves the card, or asks its holder to authenticate. @throws StripeError when the intent cannot be confirmed */
export function confirmSetupIntent(tx: Transaction, id: string, returnUrl: string | null): SetUp {
  const intent = tx.get('setup_intent', id, 'intent');
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedSetup(intent, `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`);
  }
  if (typeof intent.payment_method !== 'string') {
    throw unexpectedSetup(
      intent,
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
    );
  }
  const method = tx.get('payment_method', intent.payment_method);
  assertUsable(tx, method, typeof intent.customer === 'string' ? intent.customer : null);
  const { authentication } = factsOf(tx, method.id).behaviour;
  if (authentication !== 'always' && authentication !== 'unless_set_up') return attempt(tx, intent, method);
  const asked = tx.put('setup_intent', {
    ...intent,
    last_setup_error: null,
    next_action: nextAction(tx, intent, returnUrl),
    status: 'requires_action',
  });
  emit(tx, 'setup_intent.requires_action', asked);
  return { intent: asked, error: null };
}

/** Goes on when the holder has, or has not, proved to be there. @throws StripeError when nobody asked */
export function finishSetupAuthentication(tx: Transaction, id: string, isPassed: boolean): SetUp {
  const intent = tx.get('setup_intent', id, 'intent');
  if (intent.status !== 'requires_action' || typeof intent.payment_method !== 'string') {
    throw unexpectedSetup(intent, `This SetupIntent does not wait for authentication: its status is ${intent.status}.`);
  }
  const method = tx.get('payment_method', intent.payment_method);
  if (isPassed) return attempt(tx, intent, method);
  const error = new StripeError(
    400,
    'invalid_request_error',
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    { code: 'setup_intent_authentication_failure' },
  );
  return { intent: putFailed(tx, intent, method, error), error };
}

/** Ends an intent that has not succeeded. @throws StripeError when it has, or ended already */
export function cancelSetupIntent(
  tx: Transaction,
  id: string,
  reason: Stripe.SetupIntent.CancellationReason | null,
): Stripe.SetupIntent {
  const before = tx.get('setup_intent', id, 'intent');
  if (before.status === 'succeeded' || before.status === 'canceled') {
    throw unexpectedSetup(
      before,
      `You cannot cancel this SetupIntent because it has a status of ${before.status}. Only a SetupIntent with one of the following statuses may be canceled: requires_payment_method, requires_confirmation, requires_action.`,
    );
  }
  const after = tx.put('setup_intent', {
    ...before,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  emit(tx, 'setup_intent.canceled', after);
  return after;
}

function attempt(tx: Transaction, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod): SetUp {
  const { decline, canBeSaved } = factsOf(tx, method.id).behaviour;
  if (decline && !canBeSaved) {
    const error = declineError(declineOf(decline), {});
    const after = putFailed(tx, intent, method, error);
    return {
      intent: after,
      error: declineError(declineOf(decline), { setup_intent: after, payment_method: method }),
    };
  }
  if (intent.usage === 'off_session') setUpForLater(tx, method.id);
  if (typeof intent.customer === 'string') attachMethod(tx, method.id, intent.customer);
  const after = tx.put('setup_intent', {
    ...intent,
    last_setup_error: null,
    next_action: null,
    status: 'succeeded',
  });
  emit(tx, 'setup_intent.succeeded', after);
  intentCameThrough(tx, after);
  return { intent: after, error: null };
}

function putFailed(
  tx: Transaction,
  intent: Stripe.SetupIntent,
  method: Stripe.PaymentMethod,
  error: StripeError,
): Stripe.SetupIntent {
  const after = tx.put('setup_intent', {
    ...intent,
    last_setup_error: lastError(error, method),
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emit(tx, 'setup_intent.setup_failed', after);
  return after;
}

function unexpectedSetup(intent: Stripe.SetupIntent, message: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message, {
    code: 'setup_intent_unexpected_state',
    setup_intent: intent,
  });
}

function emptySetupIntent(tx: Transaction, { payment_method = null }: Partial<Stripe.SetupIntent>): Stripe.SetupIntent {
  const id = newId('seti');
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: tx.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: payment_method === null ? 'requires_payment_method' : 'requires_confirmation',
    usage: 'off_session',
  };
}
