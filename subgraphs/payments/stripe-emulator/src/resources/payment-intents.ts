import type Stripe from 'stripe';
import { z } from 'zod';
import {
  address,
  boolean,
  clearable,
  currency,
  fields,
  fullAddress,
  mergeMetadata,
  metadata,
  oneOf,
  positiveInteger,
  text,
  textUpTo,
} from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { captureCharge, releaseCharge } from '../payments/charges.js';
import { getCustomer } from '../payments/customer.js';
import { assertOwnIntent } from '../payments/intent-purpose.js';
import { intentShape } from '../payments/intent-shape.js';
import {
  assertAmount,
  type Confirmed,
  cancelIntent,
  confirmIntent,
  createIntent,
  unexpectedState,
} from '../payments/payment-intents.js';
import { assertUsable, createMethod, type MethodData, methodData, resolveMethod } from '../payments/payment-methods.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import type { Transaction } from '../store/transaction.js';
import { type Answer, type Call, type Resource, route } from './resource.js';

const changeable = {
  ...intentShape,
  receipt_email: clearable(text),
  setup_future_usage: clearable(oneOf(['off_session', 'on_session'])),
  shipping: clearable(fields({ address, name: text, phone: text.optional() })),
  statement_descriptor: clearable(textUpTo(22)),
  statement_descriptor_suffix: clearable(textUpTo(22)),
  transfer_group: text.optional(),
};

const confirmation = {
  off_session: z.union([boolean, oneOf(['one_off', 'recurring'])]).optional(),
  return_url: text.optional(),
  use_stripe_sdk: boolean.optional(),
  error_on_requires_action: boolean.optional(),
};

const automatic = fields({ enabled: boolean, allow_redirects: oneOf(['always', 'never']).optional() });

const newIntent = {
  ...changeable,
  ...confirmation,
  amount: positiveInteger,
  currency,
  automatic_payment_methods: automatic.optional(),
  allowed_payment_method_types: z.array(oneOf(['card'])).optional(),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  confirm: boolean.optional(),
};

type Change = z.infer<z.ZodObject<typeof changeable>>;
type ConfirmationInput = z.infer<z.ZodObject<typeof confirmation>>;

/** Payment intents: payments from the first idea to the money. */
export const paymentIntents: Resource = {
  routes: [
    route('POST /v1/payment_intents', newIntent, ({ tx }, input) => {
      assertAmount(input.amount, input.currency);
      const { amount, currency, confirm = false, ...given } = input;
      if (!confirm) assertNoConfirmation(given);
      const intent = createIntent(tx, { amount, currency, ...configuration(given), ...change(tx, null, given) });
      return confirm ? answered(confirmed(tx, intent, given), given) : intent;
    }),
    route(
      'GET /v1/payment_intents/:id',
      { client_secret: text.optional() },
      (call, { client_secret }) => permitted(call, client_secret),
      { isPublic: true },
    ),
    route(
      'POST /v1/payment_intents/:id',
      { ...changeable, amount: positiveInteger.optional(), currency: currency.optional() },
      ({ tx, path }, { amount, currency, ...input }) => {
        const before = tx.get('payment_intent', path['id'] ?? '', 'intent');
        if (amount !== undefined) assertAmount(amount, currency ?? before.currency);
        assertChangeable(before, { amount, currency, ...input });
        const changed = change(tx, before, input);
        return tx.put('payment_intent', {
          ...before,
          ...changed,
          ...(amount !== undefined && { amount }),
          ...(currency !== undefined && { currency }),
          ...(changed.payment_method !== undefined && { status: 'requires_confirmation', next_action: null }),
        });
      },
    ),
    route(
      'POST /v1/payment_intents/:id/confirm',
      {
        ...confirmation,
        client_secret: text.optional(),
        payment_method: text.optional(),
        payment_method_data: methodData.optional(),
        receipt_email: clearable(text),
        setup_future_usage: changeable.setup_future_usage,
        shipping: changeable.shipping,
      },
      (call, { client_secret, ...input }) => {
        const before = permitted(call, client_secret);
        const isOpen = !['succeeded', 'canceled', 'requires_capture'].includes(before.status);
        const fields = isOpen ? change(call.tx, before, { ...input, metadata: undefined }) : {};
        return answered(confirmed(call.tx, call.tx.put('payment_intent', { ...before, ...fields }), input), input);
      },
      { isPublic: true },
    ),
    route(
      'POST /v1/payment_intents/:id/cancel',
      {
        cancellation_reason: oneOf(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(),
      },
      ({ tx, path }, { cancellation_reason = null }) => {
        const { id, latest_charge, status } = tx.get('payment_intent', path['id'] ?? '', 'intent');
        assertOwnIntent(tx, id);
        if (status === 'requires_capture' && typeof latest_charge === 'string') releaseCharge(tx, latest_charge);
        return cancelIntent(tx, id, cancellation_reason);
      },
    ),
    route(
      'POST /v1/payment_intents/:id/capture',
      { amount_to_capture: positiveInteger.optional(), metadata },
      ({ tx, path }, { amount_to_capture, metadata }) => capture(tx, path['id'] ?? '', amount_to_capture, metadata),
    ),
    route('GET /v1/payment_intents', { ...pageInTime, customer: text.optional() }, (call, { customer, ...input }) =>
      list(call, 'payment_intent', input, (intent) => customer === undefined || intent.customer === customer),
    ),
  ],
};

/** @throws StripeError for parameters that belong to a confirmation, where there is none */
function assertNoConfirmation(input: ConfirmationInput): void {
  const { error_on_requires_action, off_session, return_url } = input;
  const given = Object.entries({ error_on_requires_action, off_session, return_url });
  const [name] = given.find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return;
  throw new StripeError(400, 'invalid_request_error', `You can only pass \`${name}\` when \`confirm\` is true.`, {
    param: name,
  });
}

/** What a new intent may be paid with, and when its money is taken. */
function configuration(
  input: Pick<
    z.infer<z.ZodObject<typeof newIntent>>,
    'allowed_payment_method_types' | 'automatic_payment_methods' | 'capture_method'
  >,
): Partial<Stripe.PaymentIntent> {
  const { allowed_payment_method_types: allowed, automatic_payment_methods: given, capture_method } = input;
  const isAutomatic = given?.enabled ?? allowed === undefined;
  const automatic_payment_methods = isAutomatic
    ? { allow_redirects: given?.allow_redirects ?? 'always', enabled: true }
    : null;
  return {
    ...(allowed && { allowed_payment_method_types: allowed }),
    automatic_payment_methods,
    ...(capture_method && { capture_method }),
  };
}

/** The intent of the path, when whoever asks may see it: by the secret key, or by the intent's own secret. */
function permitted({ tx, path, isPublic }: Call, clientSecret: string | undefined): Stripe.PaymentIntent {
  const intent = tx.get('payment_intent', path['id'] ?? '', 'intent');
  if (isPublic ? clientSecret !== intent.client_secret : clientSecret && clientSecret !== intent.client_secret) {
    throw noSuch('payment_intent', intent.id, 'intent');
  }
  return intent;
}

function confirmed(tx: Transaction, intent: Stripe.PaymentIntent, input: ConfirmationInput): Confirmed {
  const isOffSession = input.off_session !== undefined && input.off_session !== false;
  const { automatic_payment_methods: automatic } = intent;
  const mayRedirect = automatic !== null && automatic.allow_redirects !== 'never';
  if (mayRedirect && !isOffSession && input.return_url === undefined && !input.use_stripe_sdk) {
    throw new StripeError(
      400,
      'invalid_request_error',
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    );
  }
  return confirmIntent(tx, intent.id, { isOffSession, returnUrl: input.return_url });
}

function answered({ intent, error }: Confirmed, input: ConfirmationInput): Answer {
  if (input.error_on_requires_action && intent.status === 'requires_action') {
    throw new StripeError(
      402,
      'card_error',
      "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.",
      { code: 'authentication_required', decline_code: 'authentication_not_handled' },
    );
  }
  return error ?? intent;
}

function change(
  tx: Transaction,
  before: Stripe.PaymentIntent | null,
  input: Omit<Change, 'customer' | 'transfer_group' | 'description'> & Partial<Change>,
): Partial<Stripe.PaymentIntent> {
  const { customer, payment_method, payment_method_data, metadata: given, shipping } = input;
  if (customer !== undefined) getCustomer(tx, customer, 'customer');
  if (customer !== undefined && before?.customer && before.customer !== customer) {
    throw new StripeError(
      400,
      'invalid_request_error',
      'You cannot modify `customer` on a PaymentIntent once it already has been set. To fulfill a payment with a different Customer, cancel this PaymentIntent and create a new one.',
      { param: 'customer' },
    );
  }
  const owner = customer ?? (typeof before?.customer === 'string' ? before.customer : null);
  const method = givenMethod(tx, payment_method, payment_method_data);
  if (method) assertUsable(tx, method, owner);
  const { description, receipt_email, setup_future_usage, transfer_group } = input;
  const { statement_descriptor, statement_descriptor_suffix } = input;
  const plain = { customer, description, receipt_email, setup_future_usage, transfer_group };
  const present = Object.entries({ ...plain, statement_descriptor, statement_descriptor_suffix });
  return {
    ...Object.fromEntries(present.filter(([, value]) => value !== undefined)),
    ...(shipping !== undefined && { shipping: shipping && { ...shipping, address: fullAddress(shipping.address) } }),
    ...(method && { payment_method: method.id }),
    metadata: mergeMetadata(before?.metadata ?? {}, given),
  };
}

function givenMethod(tx: Transaction, id: string | undefined, data: MethodData | undefined) {
  if (data) return createMethod(tx, data);
  return id === undefined ? undefined : resolveMethod(tx, id);
}

function assertChangeable(intent: Stripe.PaymentIntent, input: Record<string, unknown>): void {
  if (!['succeeded', 'canceled', 'requires_capture'].includes(intent.status)) return;
  const always = ['metadata', 'description', 'receipt_email', 'transfer_group'];
  const refused = Object.keys(input).find((key) => input[key] !== undefined && !always.includes(key));
  if (refused === undefined) return;
  throw unexpectedState(
    intent,
    `This PaymentIntent's ${refused} could not be updated because it has a status of ${intent.status}. You may only update the ${refused} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
  );
}

function capture(
  tx: Transaction,
  id: string,
  amount: number | undefined,
  metadata: Readonly<Record<string, string>> | null | undefined,
): Stripe.PaymentIntent {
  const before = tx.get('payment_intent', id, 'intent');
  if (before.status !== 'requires_capture' || typeof before.latest_charge !== 'string') {
    throw unexpectedState(
      before,
      `This PaymentIntent could not be captured because it has a status of ${before.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  const captured = amount ?? before.amount_capturable;
  if (captured > before.amount_capturable) {
    throw new StripeError(
      400,
      'invalid_request_error',
      `The requested capture amount is greater than the amount you can capture for this charge.`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  }
  captureCharge(tx, before.latest_charge, captured);
  return tx.put('payment_intent', {
    ...before,
    amount_capturable: 0,
    amount_received: captured,
    metadata: mergeMetadata(before.metadata, metadata),
    status: 'succeeded',
  });
}
