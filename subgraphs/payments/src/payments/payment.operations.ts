import type { EntityManager } from '@mikro-orm/postgresql';
import Stripe from 'stripe';
import type { OperationHandler } from '../stripe/stripe-operations.js';
import { Payment } from './payment.entity.js';
import { lockPayment } from './payment.repository.js';
import { applyIntent, applySession, INTENT_DETAILS, SESSION_DETAILS } from './payment.sync.js';
import { cancelUnpaid } from './payment.transitions.js';

/** What Stripe is asked for when a payment begins. */
export interface OpeningInput extends Readonly<Record<string, unknown>> {
  paymentId: string;
  customerId: string;
  amountMinor: number;
  currency: string;
  /** What the payer reads on the page and on the card's statement of Stripe. */
  description: string;
  saveCard: boolean;
}

/** @see OpeningInput */
export interface SessionInput extends OpeningInput {
  successUrl: string;
  cancelUrl: string;
  /** Unix seconds. */
  expiresAt: number;
  locale: 'en' | 'ru';
}

/** @see OpeningInput */
export interface IntentInput extends OpeningInput {
  cardId: string | null;
}

type EndInput = Readonly<Record<string, unknown>> & { paymentId: string };
type Ended = { session: Stripe.Checkout.Session } | { intent: Stripe.PaymentIntent } | null;

/** Kinds of calls by which a payment begins. */
export const OPENING_KINDS = ['create-checkout-session', 'create-payment-intent'] as const;
/** The kind of call by which a payment ends unpaid. */
export const END_KIND = 'end-payment';

const refuseOpening = async (tx: EntityManager, paymentId: string, code: string, now: Date): Promise<void> => {
  const payment = await lockPayment(tx, paymentId);
  if (payment?.status === 'PENDING') await cancelUnpaid(tx, payment, code, now);
};

/** Everything that is charged is so at once: Stripe then knows its balance transaction when the payment succeeds. */
const CAPTURE = { capture_method: 'automatic' } as const;

/** Opens a page of Stripe for a payment. */
export const createCheckoutSession: OperationHandler<SessionInput, Stripe.Checkout.Session> = {
  kind: OPENING_KINDS[0],
  call: (stripe, input, options) => {
    const { paymentId, currency, amountMinor, description } = input;
    const metadata = { paymentId, operationId: options.idempotencyKey };
    return stripe.checkout.sessions.create(
      {
        mode: 'payment',
        customer: input.customerId,
        client_reference_id: paymentId,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: currency.toLowerCase(),
              unit_amount: amountMinor,
              product_data: { name: description },
            },
          },
        ],
        payment_intent_data: {
          ...CAPTURE,
          description,
          metadata,
          transfer_group: paymentId,
          ...(input.saveCard && { setup_future_usage: 'on_session' as const }),
        },
        metadata,
        success_url: input.successUrl,
        cancel_url: input.cancelUrl,
        expires_at: input.expiresAt,
        locale: input.locale,
      },
      options,
    );
  },
  async find(stripe, { customerId }, operationId) {
    for await (const session of stripe.checkout.sessions.list({ customer: customerId, limit: 100 })) {
      if (session.metadata?.['operationId'] === operationId) return session;
    }
    return null;
  },
  async done(tx, paymentId, { id, url }) {
    const payment = await lockPayment(tx, paymentId);
    if (!payment) return;
    payment.stripeSessionId = id;
    // A webhook may have been faster, and the page be over.
    if (payment.status === 'PENDING') payment.checkoutUrl = url;
  },
  refused: refuseOpening,
};

/** Opens a payment that a client's own form makes. */
export const createPaymentIntent: OperationHandler<IntentInput, Stripe.PaymentIntent> = {
  kind: OPENING_KINDS[1],
  call: (stripe, input, options) => {
    const { paymentId, cardId } = input;
    return stripe.paymentIntents.create(
      {
        ...CAPTURE,
        amount: input.amountMinor,
        currency: input.currency.toLowerCase(),
        customer: input.customerId,
        description: input.description,
        automatic_payment_methods: { enabled: true },
        metadata: { paymentId, operationId: options.idempotencyKey },
        transfer_group: paymentId,
        ...(cardId && { payment_method: cardId }),
        ...(input.saveCard && { setup_future_usage: 'on_session' as const }),
      },
      options,
    );
  },
  async find(stripe, { customerId }, operationId) {
    for await (const intent of stripe.paymentIntents.list({ customer: customerId, limit: 100 })) {
      if (intent.metadata['operationId'] === operationId) return intent;
    }
    return null;
  },
  async done(tx, paymentId, { id }) {
    const payment = await lockPayment(tx, paymentId);
    if (payment) payment.stripeIntentId = id;
  },
  refused: refuseOpening,
};

/** Ends a payment at Stripe, so that no money can arrive any more; unless it has arrived, which is taken over then. */
export function endPayment(em: EntityManager): OperationHandler<EndInput, Ended> {
  const end = async (stripe: Stripe, paymentId: string, options: Stripe.RequestOptions): Promise<Ended> => {
    const { status, stripeSessionId, stripeIntentId } = await em.fork().findOneOrFail(Payment, { id: paymentId });
    if (stripeSessionId) {
      const params = { expand: SESSION_DETAILS };
      const expire = () => stripe.checkout.sessions.expire(stripeSessionId, params, options);
      return { session: await unlessOver(expire, () => stripe.checkout.sessions.retrieve(stripeSessionId, params)) };
    }
    if (stripeIntentId) {
      const params = { expand: INTENT_DETAILS };
      const cancel = () => stripe.paymentIntents.cancel(stripeIntentId, params, options);
      return { intent: await unlessOver(cancel, () => stripe.paymentIntents.retrieve(stripeIntentId, params)) };
    }
    if (status === 'CANCELLED') return null;
    throw new Error(`Payment ${paymentId} is still being opened at Stripe; it is ended afterwards`);
  };
  return {
    kind: END_KIND,
    call: (stripe, { paymentId }, options) => end(stripe, paymentId, options),
    find: async () => null,
    async done(tx, _paymentId, ended, now) {
      if (ended && 'session' in ended) await applySession(tx, ended.session, now);
      if (ended && 'intent' in ended) await applyIntent(tx, ended.intent, now);
    },
    // What Stripe knows of it arrives by its events.
    refused: async () => {},
  };
}

/** What is paid or over cannot be ended: then it is looked at as it is. */
async function unlessOver<Result>(end: () => Promise<Result>, look: () => Promise<Result>): Promise<Result> {
  try {
    return await end();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'resource_missing') return look();
    throw error;
  }
}
