import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type Stripe from 'stripe';
import { reached } from '../stripe/reached.js';
import type { StripeSync } from '../stripe/stripe-sync.js';
import { Payment } from './payment.entity.js';
import type { PaymentErrorCode } from './payment.errors.js';
import { paymentReference } from './payment.inputs.js';
import { isPaid } from './payment.rules.js';
import type { PaymentEnding } from './payment-ending.js';

/** How payments stand, for those who make them. */
export class PaymentStandingService {
  constructor(
    private readonly em: EntityManager,
    private readonly stripe: Stripe,
    private readonly sync: StripeSync,
    private readonly ending: PaymentEnding,
  ) {}

  /** Asks Stripe how a payment of the viewer stands, without waiting for the news. @throws Refusal NOT_FOUND */
  async confirm(context: RequestContext, input: unknown): Promise<Payment> {
    const payment = await this.ownPayment(context, input);
    if (!isOpen(payment)) return payment;
    await this.refresh(payment);
    return this.reload(payment);
  }

  /**
   * Ends a payment of the viewer unpaid; one that has ended stays so.
   *
   * @throws Refusal NOT_FOUND, ALREADY_PAID (also when it was paid at the last moment), PROCESSING
   */
  async cancel(context: RequestContext, input: unknown): Promise<Payment> {
    const payment = await this.ownPayment(context, input);
    if (isOpen(payment)) await this.ending.end(payment.id);
    const { status } = await this.reload(payment);
    if (isPaid(status)) throw new Refusal<PaymentErrorCode>('ALREADY_PAID');
    if (status === 'PROCESSING') throw new Refusal<PaymentErrorCode>('PROCESSING');
    return this.reload(payment);
  }

  /** Takes over how a payment stands at Stripe now. @throws SERVICE_UNAVAILABLE */
  async refresh({ stripeSessionId, stripeIntentId }: Payment): Promise<void> {
    if (stripeSessionId) await reached(() => this.sync.refresh('checkout.session', stripeSessionId));
    else if (stripeIntentId) await reached(() => this.sync.refresh('payment_intent', stripeIntentId));
  }

  /** By what Stripe's SDK takes a payment in the client's form; null when there is nothing to take. */
  async clientSecret({ method, status, stripeIntentId }: Payment): Promise<string | null> {
    if (method !== 'INTENT' || status !== 'PENDING' || !stripeIntentId) return null;
    return (await reached(() => this.stripe.paymentIntents.retrieve(stripeIntentId))).client_secret;
  }

  private async ownPayment(context: RequestContext, input: unknown): Promise<Payment> {
    const { paymentId } = accept(paymentReference, input, context.locale);
    const payment = await this.em.fork().findOne(Payment, { id: paymentId });
    if (payment && context.isUser(payment.payerId)) return payment;
    throw new Refusal<PaymentErrorCode>('NOT_FOUND', ['input', 'paymentId']);
  }

  private reload({ id }: Payment): Promise<Payment> {
    return this.em.fork().findOneOrFail(Payment, { id });
  }
}

function isOpen({ status }: Payment): boolean {
  return status === 'PENDING' || status === 'PROCESSING';
}
