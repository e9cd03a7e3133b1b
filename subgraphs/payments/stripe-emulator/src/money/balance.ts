import type Stripe from 'stripe';
import { schedule } from '../clock/schedule.js';
import { emit } from '../events/emit.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { CurrencyBalance } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

const DAY = 86_400;

/** A movement of an account's money, before it is booked. */
export interface Movement {
  type: Stripe.BalanceTransaction['type'];
  reportingCategory: string;
  /** Gross, in minor units; negative for what leaves the account. */
  amount: number;
  currency: string;
  /** What Stripe keeps of it, in minor units. @default 0 */
  fee?: number;
  /** @default 'Stripe processing fees' */
  feeDescription?: string;
  /** The id of the charge, refund, transfer … that moves it. */
  source: string | null;
  description: string | null;
  /** Unix seconds. @default now */
  availableOn?: number;
}

/** When money of a charge can be used: two days later, at midnight UTC. */
export function settlementTime(now: number): number {
  return Math.ceil((now + 2 * DAY) / DAY) * DAY;
}

/** Books a movement: a balance transaction, and the balance of the transaction's account changed by its net. */
export function bookMovement(tx: Transaction, movement: Movement): Stripe.BalanceTransaction {
  const { amount, currency, fee = 0, feeDescription = 'Stripe processing fees', availableOn = tx.now } = movement;
  const isPending = availableOn > tx.now;
  const feeDetail = { amount: fee, application: null, currency, description: feeDescription, type: 'stripe_fee' };
  const net = amount - fee;
  move(tx, currency, net, isPending ? availableOn : null);
  return tx.put('balance_transaction', {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: availableOn,
    balance_type: 'payments',
    created: tx.now,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [feeDetail],
    net,
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: isPending ? 'pending' : 'available',
    type: movement.type,
  });
}

/** What the transaction's account has in a currency. */
export function balanceOf(tx: Transaction, currency: string): CurrencyBalance {
  return tx.find('currency_balance', currency) ?? { id: currency, available: 0, pending: 0, settlements: {} };
}

function move(tx: Transaction, currency: string, net: number, availableOn: number | null): void {
  const balance = balanceOf(tx, currency);
  if (availableOn === null) {
    tx.put('currency_balance', { ...balance, available: balance.available + net });
    return;
  }
  const waiting = balance.settlements[availableOn];
  const settlements = { ...balance.settlements, [availableOn]: (waiting ?? 0) + net };
  tx.put('currency_balance', { ...balance, pending: balance.pending + net, settlements });
  if (waiting === undefined) schedule(tx, { at: availableOn, task: 'balance.settle', subject: currency });
}

/** Makes available what is due. */
export function settle(tx: Transaction, currency: string): void {
  const balance = balanceOf(tx, currency);
  const entries = Object.entries(balance.settlements);
  const due = entries.filter(([at]) => Number(at) <= tx.now).reduce((sum, [, net]) => sum + net, 0);
  const settlements = Object.fromEntries(entries.filter(([at]) => Number(at) > tx.now));
  const { available, pending } = balance;
  tx.put('currency_balance', { id: currency, available: available + due, pending: pending - due, settlements });
  for (const transaction of tx.all('balance_transaction', (one) => isDue(tx, one, currency))) {
    tx.put('balance_transaction', { ...transaction, status: 'available' });
  }
  emit(tx, 'balance.available', presentBalance(tx));
}

function isDue(tx: Transaction, { status, currency: its, available_on }: Stripe.BalanceTransaction, currency: string) {
  return status === 'pending' && its === currency && available_on <= tx.now;
}

/** The balance of the transaction's account, in every currency that it has had. */
export function presentBalance(tx: Transaction): Stripe.Balance {
  const balances = tx.all('currency_balance').sort((one, other) => one.id.localeCompare(other.id));
  const amounts = (part: 'available' | 'pending') =>
    (balances.length > 0 ? balances : [balanceOf(tx, 'usd')]).map((balance) => ({
      amount: balance[part],
      currency: balance.id,
      source_types: { card: balance[part] },
    }));
  return {
    object: 'balance',
    available: amounts('available'),
    ...(tx.account === PLATFORM && { connect_reserved: [{ amount: 0, currency: 'usd' }] }),
    livemode: false,
    pending: amounts('pending'),
  };
}
