import type Stripe from 'stripe';
import type { z } from 'zod';
import { emit } from '../events/emit.js';
import { boolean, mergeMetadata, metadata, positiveInteger, text } from '../http/input.js';
import { list, listOf, page } from '../http/list.js';
import { bookMovement } from '../money/balance.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { platformOnly } from './platform-only.js';
import { transferredOf } from './transfers.js';

const shape = {
  amount: positiveInteger.optional(),
  description: text.optional(),
  metadata,
  refund_application_fee: boolean.optional(),
};
type Input = z.infer<z.ZodObject<typeof shape>>;

// As many as Stripe shows within the transfer.
const EMBEDDED = 10;

/** Money of transfers that the platform takes back, whatever the connected account still has. */
export const transferReversals: Resource = {
  routes: [
    route('POST /v1/transfers/:id/reversals', shape, ({ tx, path }, input) =>
      reverse(platformOnly(tx), tx.get('transfer', path['id'] ?? ''), input),
    ),
    route('GET /v1/transfers/:id/reversals', page, (call, input) => {
      const { id } = call.tx.get('transfer', call.path['id'] ?? '');
      return list(call, 'transfer_reversal', input, ({ transfer }) => transfer === id);
    }),
    route('GET /v1/transfers/:id/reversals/:reversal', {}, ({ tx, path }) => reversalOf(tx, path)),
    route('POST /v1/transfers/:id/reversals/:reversal', { metadata }, ({ tx, path }, input) => {
      const before = reversalOf(tx, path);
      const after = tx.put('transfer_reversal', {
        ...before,
        metadata: mergeMetadata(before.metadata ?? {}, input.metadata),
      });
      showIn(tx, tx.get('transfer', String(after.transfer)));
      return after;
    }),
  ],
};

function reversalOf(tx: Transaction, { id = '', reversal: reversalId = '' }: Readonly<Record<string, string>>) {
  const reversal = tx.find('transfer_reversal', reversalId);
  if (reversal?.transfer !== id) throw noSuch('transfer_reversal', reversalId);
  return reversal;
}

function reverse(tx: Transaction, transfer: Stripe.Transfer, input: Input): Stripe.TransferReversal {
  const left = transfer.amount - transfer.amount_reversed;
  const amount = input.amount ?? left;
  if (left === 0) {
    throw new StripeError(400, 'invalid_request_error', `Transfer ${transfer.id} is already fully reversed.`);
  }
  if (amount > left) {
    const message = `Reversal amount (${amount}) is greater than unreversed amount on transfer (${left})`;
    throw new StripeError(400, 'invalid_request_error', message, { param: 'amount' });
  }
  const id = newId('trr');
  const { destination, destination_payment: payment } = transfer;
  const refund = giveBack(tx.in(String(destination)), String(payment), amount, id);
  const transaction = bookMovement(tx, {
    type: 'transfer_refund',
    reportingCategory: 'transfer_reversal',
    amount,
    currency: transfer.currency,
    source: id,
    description: input.description ?? null,
    availableOn: settlementOf(tx, transfer.balance_transaction),
  });
  const reversal = tx.put('transfer_reversal', {
    id,
    object: 'transfer_reversal',
    amount,
    balance_transaction: transaction.id,
    created: tx.now,
    currency: transfer.currency,
    destination_payment_refund: refund.id,
    metadata: mergeMetadata({}, input.metadata),
    source_refund: null,
    transfer: transfer.id,
  });
  const { source_transaction: charge } = transfer;
  if (typeof charge === 'string') {
    tx.put('transferred', { id: charge, amount: transferredOf(tx, charge) - amount });
  }
  const amountReversed = transfer.amount_reversed + amount;
  const changed = { ...transfer, amount_reversed: amountReversed, reversed: amountReversed === transfer.amount };
  emit(tx, 'transfer.reversed', showIn(tx, changed), transfer);
  return reversal;
}

/** Puts a transfer's reversals into it. */
function showIn(tx: Transaction, transfer: Stripe.Transfer): Stripe.Transfer {
  const all = tx.all('transfer_reversal', (one) => one.transfer === transfer.id);
  const reversals = { ...listOf(all.slice(0, EMBEDDED), transfer.reversals.url), has_more: all.length > EMBEDDED };
  return tx.put('transfer', { ...transfer, reversals });
}

/** The other side: what the connected account had received is refunded, and its balance may fall below nothing. */
function giveBack(own: Transaction, paymentId: string, amount: number, reversal: string): Stripe.Refund {
  const payment = own.get('charge', paymentId);
  const id = newId('pyr');
  const transaction = bookMovement(own, {
    type: 'payment_refund',
    reportingCategory: 'refund',
    amount: -amount,
    currency: payment.currency,
    source: id,
    description: null,
    availableOn: settlementOf(own, payment.balance_transaction),
  });
  const refunded = payment.amount_refunded + amount;
  own.put('charge', { ...payment, amount_refunded: refunded, refunded: refunded === payment.amount });
  return own.put('refund', {
    id,
    object: 'refund',
    amount,
    balance_transaction: transaction.id,
    charge: paymentId,
    created: own.now,
    currency: payment.currency,
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: null,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: reversal,
    status: 'succeeded',
    transfer_reversal: null,
  });
}

/** What is taken back before it could be used is taken from what is pending. */
function settlementOf(tx: Transaction, transaction: Stripe.Transfer['balance_transaction']): number {
  return typeof transaction === 'string'
    ? Math.max(tx.now, tx.get('balance_transaction', transaction).available_on)
    : tx.now;
}
