import type Stripe from 'stripe';
import type { z } from 'zod';
import { emit } from '../events/emit.js';
import { currency, mergeMetadata, metadata, oneOf, positiveInteger, text } from '../http/input.js';
import { list, listOf, pageInTime } from '../http/list.js';
import { balanceOf, bookMovement } from '../money/balance.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { buildPayment } from './destination-payment.builder.js';
import { platformOnly } from './platform-only.js';

const shape = {
  amount: positiveInteger.optional(),
  currency,
  description: text.optional(),
  destination: text,
  metadata,
  source_transaction: text.optional(),
  source_type: oneOf(['card', 'bank_account', 'fpx']).optional(),
  transfer_group: text.optional(),
};
type Input = z.infer<z.ZodObject<typeof shape>>;

/** How much of a charge has been transferred; its id is the charge's. */
export interface Transferred {
  id: string;
  /** Minor units. */
  amount: number;
}

/** Money that the platform passes on to a connected account. */
export const transfers: Resource = {
  routes: [
    route('POST /v1/transfers', shape, ({ tx }, input) => createTransfer(platformOnly(tx), input)),
    route('GET /v1/transfers/:id', {}, ({ tx, path }) => tx.get('transfer', path['id'] ?? '')),
    route('POST /v1/transfers/:id', { description: text.optional(), metadata }, ({ tx, path }, input) => {
      const before = tx.get('transfer', path['id'] ?? '');
      const after = tx.put('transfer', {
        ...before,
        ...(input.description !== undefined && { description: input.description }),
        metadata: mergeMetadata(before.metadata, input.metadata),
      });
      emit(tx, 'transfer.updated', after, before);
      return after;
    }),
    route(
      'GET /v1/transfers',
      { ...pageInTime, destination: text.optional(), transfer_group: text.optional() },
      (call, { destination, transfer_group, ...input }) =>
        list(
          call,
          'transfer',
          input,
          (one) =>
            (destination === undefined || one.destination === destination) &&
            (transfer_group === undefined || one.transfer_group === transfer_group),
        ),
    ),
  ],
  homes: {
    charge: { source_transfer: () => PLATFORM },
    transfer: { destination_payment: ({ destination }) => destination },
  },
};

function createTransfer(tx: Transaction, input: Input): Stripe.Transfer {
  checkDestination(tx, input.destination);
  const charge = input.source_transaction === undefined ? undefined : sourceOf(tx, input.source_transaction, input);
  const amount = amountOf(tx, input, charge);
  const id = newId('tr');
  const settlesOn = charge ? availableOn(tx, charge) : tx.now;
  const received = receive(tx.in(input.destination), { id, amount, input, settlesOn });
  const transaction = bookMovement(tx, {
    type: 'transfer',
    reportingCategory: 'transfer',
    amount: -amount,
    currency: input.currency,
    source: id,
    description: input.description ?? null,
    availableOn: settlesOn,
  });
  const transfer = tx.put('transfer', {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: transaction.id,
    created: tx.now,
    currency: input.currency,
    description: input.description ?? null,
    destination: input.destination,
    destination_payment: received.id,
    livemode: false,
    metadata: mergeMetadata({}, input.metadata),
    reversals: listOf([], `/v1/transfers/${id}/reversals`),
    reversed: false,
    source_transaction: charge?.id ?? null,
    source_type: input.source_type ?? 'card',
    transfer_group: input.transfer_group ?? charge?.transfer_group ?? (charge ? `group_${charge.id}` : null),
  });
  if (charge) tx.put('transferred', { id: charge.id, amount: transferredOf(tx, charge.id) + amount });
  emit(tx, 'transfer.created', transfer);
  return transfer;
}

/** How much of a charge is with connected accounts, less what was taken back. */
export function transferredOf(tx: Transaction, charge: string): number {
  return tx.find('transferred', charge)?.amount ?? 0;
}

function checkDestination(tx: Transaction, id: string): void {
  const account = tx.find('account', id);
  if (!account) throw noSuch('destination', id, 'destination');
  if (account.capabilities?.transfers !== 'active') {
    const message =
      'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments';
    throw refusal(message, 'insufficient_capabilities_for_transfer');
  }
}

function sourceOf(tx: Transaction, id: string, { currency: its }: Input): Stripe.Charge {
  const charge = tx.find('charge', id);
  if (!charge) throw noSuch('charge', id, 'source_transaction');
  if (charge.status !== 'succeeded' || !charge.captured) {
    throw refusal(
      `The charge ${id} cannot be a source_transaction: it has not succeeded.`,
      undefined,
      'source_transaction',
    );
  }
  if (charge.currency !== its) {
    const message = `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${its})`;
    throw refusal(message, undefined, 'source_transaction');
  }
  return charge;
}

function amountOf(tx: Transaction, { amount, currency: its }: Input, charge: Stripe.Charge | undefined): number {
  if (!charge) {
    if (amount === undefined) throw refusal('Missing required param: amount.', 'parameter_missing', 'amount');
    if (balanceOf(tx, its).available < amount) {
      const message =
        'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance';
      throw refusal(message, 'balance_insufficient');
    }
    return amount;
  }
  const taken = transferredOf(tx, charge.id);
  const left = charge.amount_captured - taken;
  if ((amount ?? charge.amount_captured) > left) {
    const message = `Transfers using this transaction as a source must not exceed the source amount of ${charge.amount_captured}. (There is already ${taken} of it transferred.)`;
    throw refusal(message, undefined, 'amount');
  }
  return amount ?? charge.amount_captured;
}

function availableOn(tx: Transaction, charge: Stripe.Charge): number {
  const { balance_transaction: id } = charge;
  return Math.max(tx.now, typeof id === 'string' ? tx.get('balance_transaction', id).available_on : tx.now);
}

interface Received {
  /** The transfer's id. */
  id: string;
  amount: number;
  input: Input;
  /** Unix seconds. */
  settlesOn: number;
}

function receive(own: Transaction, { id, amount, input, settlesOn }: Received): Stripe.Charge {
  const paymentId = newId('py');
  const transaction = bookMovement(own, {
    type: 'payment',
    reportingCategory: 'charge',
    amount,
    currency: input.currency,
    source: paymentId,
    description: input.description ?? null,
    availableOn: settlesOn,
  });
  return own.put(
    'charge',
    buildPayment({
      id: paymentId,
      amount,
      currency: input.currency,
      transfer: id,
      transaction: transaction.id,
      now: own.now,
    }),
  );
}

function refusal(message: string, code?: string, param?: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message, { ...(code && { code }), ...(param && { param }) });
}
