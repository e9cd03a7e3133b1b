import type Stripe from 'stripe';
import type { z } from 'zod';
import { schedule, unscheduleAll } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { currency, mergeMetadata, metadata, oneOf, positiveInteger, range, text } from '../http/input.js';
import { isInRange, list, pageInTime } from '../http/list.js';
import { balanceOf, bookMovement } from '../money/balance.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { accountOf, refreshAccount } from './account-standing.js';
import { defaultBankAccount } from './bank-accounts.js';
import { type PayoutFailure, payoutFailureMessage } from './bank-accounts.rules.js';
import { buildPayout } from './payout.builder.js';

/** A payout is on its way for so many seconds; at Stripe it takes days. */
const ON_THE_WAY = 60;

const shape = {
  amount: positiveInteger,
  currency,
  description: text.optional(),
  destination: text.optional(),
  metadata,
  method: oneOf(['standard', 'instant']).optional(),
  source_type: oneOf(['card', 'bank_account', 'fpx']).optional(),
  statement_descriptor: text.max(22).optional(),
};
type Input = z.infer<z.ZodObject<typeof shape>>;

/** Money that leaves an account for its bank. Only payouts that are asked for are made, whatever the schedule says. */
export const payouts: Resource = {
  routes: [
    route('POST /v1/payouts', shape, ({ tx }, input) => createPayout(tx, input)),
    route('GET /v1/payouts/:id', {}, ({ tx, path }) => tx.get('payout', path['id'] ?? '')),
    route('POST /v1/payouts/:id', { metadata }, ({ tx, path }, input) => {
      const before = tx.get('payout', path['id'] ?? '');
      const after = tx.put('payout', { ...before, metadata: mergeMetadata(before.metadata ?? {}, input.metadata) });
      emit(tx, 'payout.updated', after, before);
      return after;
    }),
    route('POST /v1/payouts/:id/cancel', {}, ({ tx, path }) => {
      const payout = tx.get('payout', path['id'] ?? '');
      if (payout.status !== 'pending') {
        throw new StripeError(400, 'invalid_request_error', 'Payouts that are not pending cannot be canceled.');
      }
      unscheduleAll(tx, 'payout.arrive', payout.id);
      return giveBack(tx, payout, { status: 'canceled' });
    }),
    route(
      'GET /v1/payouts',
      { ...pageInTime, arrival_date: range.optional(), destination: text.optional(), status: text.optional() },
      (call, { arrival_date, destination, status, ...input }) =>
        list(
          call,
          'payout',
          input,
          (one) =>
            isInRange(arrival_date, one.arrival_date) &&
            (destination === undefined || one.destination === destination) &&
            (status === undefined || one.status === status),
        ),
    ),
  ],
  tasks: { 'payout.arrive': (tx, id) => arrive(tx, tx.get('payout', id)) },
};

function createPayout(tx: Transaction, input: Input): Stripe.Payout {
  const destination = destinationOf(tx, input);
  if (balanceOf(tx, input.currency).available < input.amount) {
    const message =
      'You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You can use the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).';
    throw new StripeError(400, 'invalid_request_error', message, { code: 'balance_insufficient' });
  }
  const id = newId('po');
  const transaction = bookMovement(tx, {
    type: 'payout',
    reportingCategory: 'payout',
    amount: -input.amount,
    currency: input.currency,
    source: id,
    description: input.description ?? 'STRIPE PAYOUT',
  });
  const payout = tx.put(
    'payout',
    buildPayout({
      id,
      amount: input.amount,
      currency: input.currency,
      destination,
      transaction: transaction.id,
      created: tx.now,
      arrivalDate: tx.now + ON_THE_WAY,
      description: input.description ?? null,
      method: input.method ?? 'standard',
      metadata: mergeMetadata({}, input.metadata),
      statementDescriptor: input.statement_descriptor ?? null,
    }),
  );
  emit(tx, 'payout.created', payout);
  schedule(tx, { at: payout.arrival_date, task: 'payout.arrive', subject: id });
  return payout;
}

/** The bank account that is paid to; the platform's own is not modelled. */
function destinationOf(tx: Transaction, { currency: its, destination }: Input): string | null {
  if (tx.account === PLATFORM) return null;
  if (!accountOf(tx, tx.account).payouts_enabled) {
    const message = 'Payouts are not enabled for this account: something is due of it, or under review.';
    throw new StripeError(400, 'invalid_request_error', message, { code: 'payouts_not_allowed' });
  }
  const bankAccount = destination === undefined ? defaultBankAccount(tx, its) : tx.find('bank_account', destination);
  if (bankAccount?.currency === its) return bankAccount.id;
  if (destination !== undefined && !bankAccount) throw noSuch('external account', destination, 'destination');
  const message = `Sorry, you don't have any external accounts in that currency (${its}).`;
  throw new StripeError(400, 'invalid_request_error', message, { param: 'currency' });
}

function arrive(tx: Transaction, payout: Stripe.Payout): void {
  const bankAccount = typeof payout.destination === 'string' ? payout.destination : undefined;
  const failure = bankAccount === undefined ? null : (tx.find('bank_account_facts', bankAccount)?.failure ?? null);
  if (failure !== null && bankAccount !== undefined) fail(tx, payout, bankAccount, failure);
  else emit(tx, 'payout.paid', tx.put('payout', { ...payout, status: 'paid' }), payout);
}

/** The money comes back, and nothing more is paid to that bank account. */
function fail(tx: Transaction, payout: Stripe.Payout, bankAccount: string, failure: PayoutFailure): void {
  const reason = { failure_code: failure, failure_message: payoutFailureMessage(failure) };
  giveBack(tx, payout, { status: 'failed', ...reason });
  const before = tx.find('bank_account', bankAccount);
  if (!before) return;
  emit(tx, 'account.external_account.updated', tx.put('bank_account', { ...before, status: 'errored' }), before);
  // Without money it may have been deleted meanwhile.
  if (tx.in(PLATFORM).find('account', tx.account)) refreshAccount(tx, accountOf(tx, tx.account));
}

function giveBack(
  tx: Transaction,
  payout: Stripe.Payout,
  change: { status: 'failed' | 'canceled'; failure_code?: string; failure_message?: string },
): Stripe.Payout {
  const type = change.status === 'failed' ? 'payout_failure' : 'payout_cancel';
  const transaction = bookMovement(tx, {
    type,
    reportingCategory: 'payout_reversal',
    amount: payout.amount,
    currency: payout.currency,
    source: payout.id,
    description: change.status === 'failed' ? 'STRIPE PAYOUT FAILURE' : 'STRIPE PAYOUT CANCEL',
  });
  const after = tx.put('payout', { ...payout, ...change, failure_balance_transaction: transaction.id });
  emit(tx, change.status === 'failed' ? 'payout.failed' : 'payout.canceled', after, payout);
  return after;
}
