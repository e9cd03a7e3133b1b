import type Stripe from 'stripe';
import { z } from 'zod';
import { boolean, fields, mergeMetadata, oneOf, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { getCustomer } from '../payments/customer.js';
import { assertOwnIntent } from '../payments/intent-purpose.js';
import { intentShape } from '../payments/intent-shape.js';
import { assertUsable, createMethod, methodData, resolveMethod } from '../payments/payment-methods.js';
import { cancelSetupIntent, confirmSetupIntent, createSetupIntent, type SetUp } from '../payments/setup-intents.js';
import { noSuch } from '../protocol/stripe-error.js';
import type { Transaction } from '../store/transaction.js';
import { type Answer, type Call, type Resource, route } from './resource.js';

type Change = z.infer<z.ZodObject<typeof intentShape>>;

/** Setup intents: cards that are saved without being charged. */
export const setupIntents: Resource = {
  routes: [
    route(
      'POST /v1/setup_intents',
      {
        ...intentShape,
        automatic_payment_methods: fields({
          enabled: boolean,
          allow_redirects: oneOf(['always', 'never']).optional(),
        }).optional(),
        allowed_payment_method_types: z.array(oneOf(['card'])).optional(),
        confirm: boolean.optional(),
        return_url: text.optional(),
        usage: oneOf(['off_session', 'on_session']).optional(),
      },
      ({ tx }, { confirm = false, return_url = null, usage, automatic_payment_methods: automatic, ...input }) => {
        const intent = createSetupIntent(tx, {
          ...change(tx, null, input),
          ...(usage && { usage }),
          ...(automatic && { automatic_payment_methods: { allow_redirects: 'always', ...automatic } }),
        });
        return confirm ? answered(confirmSetupIntent(tx, intent.id, return_url)) : intent;
      },
    ),
    route(
      'GET /v1/setup_intents/:id',
      { client_secret: text.optional() },
      (call, { client_secret }) => permitted(call, client_secret),
      { isPublic: true },
    ),
    route('POST /v1/setup_intents/:id', intentShape, ({ tx, path }, input) => {
      const before = tx.get('setup_intent', path['id'] ?? '', 'intent');
      return tx.put('setup_intent', { ...before, ...change(tx, before, input) });
    }),
    route(
      'POST /v1/setup_intents/:id/confirm',
      {
        client_secret: text.optional(),
        payment_method: text.optional(),
        payment_method_data: methodData.optional(),
        return_url: text.optional(),
        use_stripe_sdk: boolean.optional(),
      },
      (call, { client_secret, return_url = null, payment_method, payment_method_data }) => {
        const before = permitted(call, client_secret);
        const isOpen = before.status !== 'succeeded' && before.status !== 'canceled';
        const input = { payment_method, payment_method_data, metadata: undefined };
        call.tx.put('setup_intent', { ...before, ...(isOpen && change(call.tx, before, input)) });
        return answered(confirmSetupIntent(call.tx, before.id, return_url));
      },
      { isPublic: true },
    ),
    route(
      'POST /v1/setup_intents/:id/cancel',
      { cancellation_reason: oneOf(['abandoned', 'duplicate', 'requested_by_customer']).optional() },
      ({ tx, path }, { cancellation_reason = null }) => {
        assertOwnIntent(tx, path['id'] ?? '');
        return cancelSetupIntent(tx, path['id'] ?? '', cancellation_reason);
      },
    ),
    route(
      'GET /v1/setup_intents',
      { ...pageInTime, customer: text.optional(), payment_method: text.optional() },
      (call, { customer, payment_method, ...input }) =>
        list(
          call,
          'setup_intent',
          input,
          (intent) =>
            (customer === undefined || intent.customer === customer) &&
            (payment_method === undefined || intent.payment_method === payment_method),
        ),
    ),
  ],
};

function permitted({ tx, path, isPublic }: Call, clientSecret: string | undefined): Stripe.SetupIntent {
  const intent = tx.get('setup_intent', path['id'] ?? '', 'intent');
  if (isPublic && clientSecret !== intent.client_secret) throw noSuch('setup_intent', intent.id, 'intent');
  return intent;
}

function answered({ intent, error }: SetUp): Answer {
  return error ?? intent;
}

function change(
  tx: Transaction,
  before: Stripe.SetupIntent | null,
  { customer, description, metadata, payment_method, payment_method_data: data }: Partial<Change>,
): Partial<Stripe.SetupIntent> {
  if (customer !== undefined) getCustomer(tx, customer, 'customer');
  const owner = customer ?? (typeof before?.customer === 'string' ? before.customer : null);
  const named = payment_method === undefined ? undefined : resolveMethod(tx, payment_method);
  const method = data ? createMethod(tx, data) : named;
  if (method) assertUsable(tx, method, owner);
  return {
    ...(customer !== undefined && { customer }),
    ...(description !== undefined && { description }),
    ...(method && { payment_method: method.id }),
    ...(method && before && { status: 'requires_confirmation' }),
    metadata: mergeMetadata(before?.metadata ?? {}, metadata),
  };
}
