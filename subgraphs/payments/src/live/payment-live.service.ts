import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import {
  coursePaymentChanged,
  packageBought,
  paymentCancelled,
  paymentDisputeClosed,
  paymentDisputed,
  paymentFailed,
  paymentOpened,
  paymentProcessing,
  paymentRefunded,
  paymentRefundFailed,
  paymentSucceeded,
} from '../events.js';
import { maySeePayment } from '../payments/payment.access.js';
import type { Payment } from '../payments/payment.entity.js';
import { paymentsById, paymentsByPackage } from '../payments/payment.repository.js';

const changes = [
  paymentOpened,
  paymentFailed,
  paymentProcessing,
  paymentSucceeded,
  paymentCancelled,
  paymentRefunded,
  paymentRefundFailed,
  paymentDisputed,
  paymentDisputeClosed,
  coursePaymentChanged,
  // What tells that the payment of a package has succeeded.
  packageBought,
].map(({ type }) => type);

/**
 * Payments that people watch live. Who may is decided when a subscription starts and again at each message, which finds
 * the payment as it is in the database then.
 */
export class PaymentLiveService {
  constructor(private readonly live: LiveStream) {}

  /** Changes of one payment, or of all that are the viewer's own. @throws FORBIDDEN */
  async watch(
    context: RequestContext,
    paymentId: string | null | undefined,
    after: string | null | undefined,
  ): Promise<AsyncIterable<LiveMessage>> {
    const keys = paymentId ? keysOf(await watched(context, paymentId)) : [`payer:${context.user.userId}`];
    return this.live.subscribe({ after, keys, types: changes, signal: context.signal });
  }

  /** The payment that a message is about. @throws FORBIDDEN when the one that is watched is not for the viewer any longer */
  async changed(
    context: RequestContext,
    paymentId: string | null | undefined,
    event: DomainEvent | null,
  ): Promise<Payment | null> {
    if (paymentId) {
      const payment = await watched(context, paymentId);
      return event && payment;
    }
    const payment = event && (await paymentOf(context, event));
    return payment && context.isUser(payment.payerId) ? payment : null;
  }
}

function keysOf({ id, kind, packageId }: Payment): string[] {
  if (kind === 'COURSE') return [`course-payment:${id}`];
  return [`payment:${id}`, ...(kind === 'PACKAGE' && packageId ? [`package:${packageId}`] : [])];
}

function paymentOf(context: RequestContext, { type, subject }: DomainEvent): Promise<Payment | null> {
  return context.loader(type === packageBought.type ? paymentsByPackage : paymentsById).load(subject);
}

/** A payment that the viewer may watch. The refusal does not tell whether it exists. */
async function watched(context: RequestContext, id: string): Promise<Payment> {
  const payment = await context.loader(paymentsById).load(id);
  if (payment && maySeePayment(context, payment)) return payment;
  throw forbidden('Only who pays may watch a payment');
}
