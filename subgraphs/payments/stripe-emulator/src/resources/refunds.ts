import { emit } from '../events/emit.js';
import { boolean, mergeMetadata, metadata, oneOf, positiveInteger, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { refundCharge, settleRefund } from '../payments/refunds.js';
import { StripeError } from '../protocol/stripe-error.js';
import type { Transaction } from '../store/transaction.js';
import { type Resource, route } from './resource.js';

/** Refunds: money that goes back to a card. */
export const refunds: Resource = {
  routes: [
    route(
      'POST /v1/refunds',
      {
        amount: positiveInteger.optional(),
        charge: text.optional(),
        metadata,
        payment_intent: text.optional(),
        reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
        reverse_transfer: boolean.optional(),
      },
      ({ tx }, { charge, payment_intent, amount, reason, metadata, reverse_transfer }) => {
        if (reverse_transfer) throw noTransfer();
        const id = chargeOf(tx, charge, payment_intent);
        return refundCharge(tx, id, { amount, reason, metadata: mergeMetadata({}, metadata) });
      },
    ),
    route('GET /v1/refunds/:id', {}, ({ tx, path }) => tx.get('refund', path['id'] ?? '')),
    route('POST /v1/refunds/:id', { metadata }, ({ tx, path }, { metadata }) => {
      const before = tx.get('refund', path['id'] ?? '');
      const after = tx.put('refund', { ...before, metadata: mergeMetadata(before.metadata ?? {}, metadata) });
      emit(tx, 'refund.updated', after, before);
      emit(tx, 'charge.refund.updated', after, before);
      return after;
    }),
    route(
      'GET /v1/refunds',
      { ...pageInTime, charge: text.optional(), payment_intent: text.optional() },
      (call, { charge, payment_intent, ...input }) =>
        list(
          call,
          'refund',
          input,
          (refund) =>
            (charge === undefined || refund.charge === charge) &&
            (payment_intent === undefined || refund.payment_intent === payment_intent),
        ),
    ),
  ],
  tasks: { 'refund.settle': settleRefund },
};

function chargeOf(tx: Transaction, charge: string | undefined, paymentIntent: string | undefined): string {
  if (charge !== undefined) {
    const belongsTo = tx.get('charge', charge, 'charge').payment_intent;
    if (paymentIntent === undefined || belongsTo === paymentIntent) return charge;
    throw new StripeError(
      400,
      'invalid_request_error',
      `Charge ${charge} does not belong to PaymentIntent ${paymentIntent}; pass one of them.`,
      { param: 'payment_intent' },
    );
  }
  if (paymentIntent === undefined) {
    throw new StripeError(
      400,
      'invalid_request_error',
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const { latest_charge, status } = tx.get('payment_intent', paymentIntent, 'payment_intent');
  if (status === 'succeeded' && typeof latest_charge === 'string') return latest_charge;
  throw new StripeError(
    400,
    'invalid_request_error',
    `This PaymentIntent (${paymentIntent}) does not have a successful charge to refund.`,
    { code: 'payment_intent_unexpected_state', param: 'payment_intent' },
  );
}

function noTransfer(): StripeError {
  return new StripeError(
    400,
    'invalid_request_error',
    'Cannot reverse transfer for this charge: it does not have an associated transfer; reverse the transfer itself.',
    { param: 'reverse_transfer' },
  );
}
