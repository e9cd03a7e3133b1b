import type Stripe from 'stripe';
import { z } from 'zod';
import { expireIncomplete } from '../billing/invoice-life.js';
import { schedule } from '../clock/schedule.js';
import { platformOnly } from '../connect/platform-only.js';
import { emit } from '../events/emit.js';
import { boolean, fields, integer, mergeMetadata, metadata, oneOf, text, webAddress } from '../http/input.js';
import { list, listOf, page, pageInTime } from '../http/list.js';
import { getCustomer } from '../payments/customer.js';
import { assertAmount, cancelIntent } from '../payments/payment-intents.js';
import { cancelSetupIntent } from '../payments/setup-intents.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { lineItemsInput, lineItemsOf } from './line-items.js';
import { buildSession } from './session.builder.js';

const HALF_AN_HOUR = 1_800;
const DAY = 86_400;

const intentData = {
  description: text.optional(),
  metadata,
};
const paymentIntentData = fields({
  ...intentData,
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  receipt_email: text.optional(),
  setup_future_usage: oneOf(['off_session', 'on_session']).optional(),
  statement_descriptor: text.max(22).optional(),
  statement_descriptor_suffix: text.max(22).optional(),
  transfer_group: text.optional(),
});
const subscriptionData = fields({ ...intentData });
const setupIntentData = fields({ ...intentData });
const disabled = fields({ enabled: z.literal('false', { error: 'The emulator does not offer this.' }) }).optional();

const shape = {
  automatic_tax: disabled,
  allow_promotion_codes: boolean.optional(),
  billing_address_collection: oneOf(['auto']).optional(),
  cancel_url: webAddress.optional(),
  client_reference_id: text.max(200).optional(),
  currency: text.optional(),
  customer: text.optional(),
  customer_creation: oneOf(['always', 'if_required']).optional(),
  customer_email: text.max(800).optional(),
  expires_at: integer.optional(),
  line_items: lineItemsInput.optional(),
  locale: text.optional(),
  metadata,
  mode: oneOf(['payment', 'setup', 'subscription']),
  payment_intent_data: paymentIntentData.optional(),
  payment_method_collection: oneOf(['always', 'if_required']).optional(),
  payment_method_types: z.array(oneOf(['card'])).optional(),
  allowed_payment_method_types: z.array(oneOf(['card'])).optional(),
  phone_number_collection: disabled,
  setup_intent_data: setupIntentData.optional(),
  submit_type: oneOf(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  subscription_data: subscriptionData.optional(),
  success_url: webAddress,
  ui_mode: oneOf(['hosted_page', 'hosted']).optional(),
};
type Input = z.infer<z.ZodObject<typeof shape>>;

/** What a session does not tell: what is bought, and what the intent is to be given. */
export interface CheckoutFacts {
  id: string;
  lines: readonly Stripe.LineItem[];
  paymentIntent: z.infer<typeof paymentIntentData>;
  setupIntent: z.infer<typeof setupIntentData>;
  subscription: z.infer<typeof subscriptionData>;
}

/** Checkout sessions: what is bought on the hosted page. */
export const checkoutSessions: Resource = {
  routes: [
    // Pages do not know of accounts: direct charges are not offered.
    route('POST /v1/checkout/sessions', shape, ({ tx }, input) => createSession(platformOnly(tx), input)),
    route('GET /v1/checkout/sessions/:id', {}, ({ tx, path }) => tx.get('checkout.session', path['id'] ?? '')),
    route('POST /v1/checkout/sessions/:id', { metadata }, ({ tx, path }, input) => {
      const before = tx.get('checkout.session', path['id'] ?? '');
      return tx.put('checkout.session', { ...before, metadata: mergeMetadata(before.metadata ?? {}, input.metadata) });
    }),
    route('POST /v1/checkout/sessions/:id/expire', {}, ({ tx, path }) => {
      const session = tx.get('checkout.session', path['id'] ?? '');
      if (session.status === 'open') return expireSession(tx, session);
      const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`;
      throw new StripeError(400, 'invalid_request_error', message);
    }),
    route('GET /v1/checkout/sessions/:id/line_items', page, ({ tx, path, url }) => {
      const session = tx.get('checkout.session', path['id'] ?? '');
      return listOf([...checkoutFactsOf(tx, session.id).lines], url);
    }),
    route(
      'GET /v1/checkout/sessions',
      {
        ...pageInTime,
        customer: text.optional(),
        payment_intent: text.optional(),
        status: oneOf(['open', 'complete', 'expired']).optional(),
        subscription: text.optional(),
      },
      (call, { customer, payment_intent, status, subscription, ...input }) =>
        list(
          call,
          'checkout.session',
          input,
          (session) =>
            (customer === undefined || session.customer === customer) &&
            (payment_intent === undefined || session.payment_intent === payment_intent) &&
            (status === undefined || session.status === status) &&
            (subscription === undefined || session.subscription === subscription),
        ),
    ),
  ],
  includes: {
    'checkout.session': {
      line_items: (tx, { id }) => listOf([...checkoutFactsOf(tx, id).lines], `/v1/checkout/sessions/${id}/line_items`),
    },
  },
  tasks: {
    'checkout_session.expire': (tx, id) => {
      const session = tx.get('checkout.session', id);
      if (session.status === 'open') expireSession(tx, session);
    },
  },
};

/** What is bought in a session. */
export function checkoutFactsOf(tx: Transaction, id: string): CheckoutFacts {
  return tx.get('checkout_facts', id);
}

function createSession(tx: Transaction, input: Input): Stripe.Checkout.Session {
  assertFits(tx, input);
  const { mode, customer = null, customer_email = null } = input;
  const id = newId('cs_test', 58);
  const lines = mode === 'setup' ? [] : lineItemsOf(tx, input.line_items ?? [], mode);
  const amountTotal = mode === 'setup' ? null : lines.reduce((sum, line) => sum + line.amount_total, 0);
  const currency = lines[0]?.currency ?? input.currency ?? null;
  if (amountTotal !== null && currency !== null) assertAmount(amountTotal, currency);
  tx.put('checkout_facts', {
    id,
    lines,
    paymentIntent: input.payment_intent_data ?? {},
    setupIntent: input.setup_intent_data ?? {},
    subscription: input.subscription_data ?? {},
  });
  const session = tx.put(
    'checkout.session',
    buildSession({
      id,
      mode,
      created: tx.now,
      expiresAt: expiryOf(tx, input.expires_at),
      url: `${tx.surroundings.publicUrl}/c/pay/${id}`,
      successUrl: input.success_url,
      cancelUrl: input.cancel_url ?? null,
      amountTotal,
      currency,
      customer,
      customerEmail: customer_email,
      customerCreation: customer === null && mode === 'payment' ? (input.customer_creation ?? 'if_required') : null,
      clientReferenceId: input.client_reference_id ?? null,
      metadata: mergeMetadata({}, input.metadata),
      locale: input.locale ?? null,
      submitType: input.submit_type ?? null,
    }),
  );
  schedule(tx, { at: session.expires_at, task: 'checkout_session.expire', subject: id });
  return session;
}

function assertFits(tx: Transaction, { mode, ...input }: Input): void {
  const refuse = (message: string, param: string, code?: string) =>
    new StripeError(400, 'invalid_request_error', message, { param, ...(code !== undefined && { code }) });
  if (input.customer !== undefined) {
    getCustomer(tx, input.customer, 'customer');
    if (input.customer_email !== undefined) {
      throw refuse('You may only specify one of these parameters: customer, customer_email.', 'customer');
    }
  }
  if (mode === 'setup' && input.line_items) {
    throw refuse('You can not pass `line_items` in `setup` mode.', 'line_items');
  }
  if (mode !== 'setup' && !input.line_items) {
    throw refuse('Missing required param: line_items.', 'line_items', 'parameter_missing');
  }
  const foreign = {
    payment: 'payment_intent_data',
    setup: 'setup_intent_data',
    subscription: 'subscription_data',
  } as const;
  for (const [its, param] of Object.entries(foreign)) {
    if (its !== mode && input[param]) throw refuse(`You can not pass \`${param}\` in \`${mode}\` mode.`, param);
  }
}

function expiryOf(tx: Transaction, given: number | undefined): number {
  const refuse = (message: string) => new StripeError(400, 'invalid_request_error', message, { param: 'expires_at' });
  if (given === undefined) return tx.now + DAY;
  if (given < tx.now + HALF_AN_HOUR) {
    throw refuse('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.');
  }
  if (given > tx.now + DAY) {
    throw refuse('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.');
  }
  return given;
}

/** Ends a session that nobody has completed, and the intent that was begun on its page. */
function expireSession(tx: Transaction, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  cancelBegun(tx, session);
  const expired = tx.put('checkout.session', { ...session, status: 'expired', url: null });
  emit(tx, 'checkout.session.expired', expired);
  return expired;
}

function cancelBegun(tx: Transaction, session: Stripe.Checkout.Session): void {
  const { payment_intent, setup_intent, subscription: subscriptionId } = session;
  const subscription = typeof subscriptionId === 'string' ? tx.find('subscription', subscriptionId) : undefined;
  if (subscription?.status === 'incomplete') expireIncomplete(tx, subscription);
  const intent = typeof payment_intent === 'string' ? tx.find('payment_intent', payment_intent) : undefined;
  const setup = typeof setup_intent === 'string' ? tx.find('setup_intent', setup_intent) : undefined;
  if (intent && intent.status !== 'canceled') cancelIntent(tx, intent.id, 'expired');
  if (setup && setup.status !== 'canceled') cancelSetupIntent(tx, setup.id, 'abandoned');
}
