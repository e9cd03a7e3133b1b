import type { EntityManager } from '@mikro-orm/postgresql';
import type Stripe from 'stripe';
import { withdrawalFailed, withdrawalPaying } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { isMadeByUs } from '../stripe/our-call.js';
import type { OperationHandler, StripeOperations } from '../stripe/stripe-operations.js';
import type { ObjectSync } from '../stripe/stripe-sync.js';
import type { Withdrawal } from './withdrawal.entity.js';
import { lockWithdrawal } from './withdrawal.repository.js';
import { mayWithdrawalBecome } from './withdrawal.rules.js';
import { moveWithdrawal } from './withdrawal-steps.js';

const CREATE_PAYOUT = 'create-payout';

interface PayoutInput extends Readonly<Record<string, unknown>> {
  withdrawalId: string;
  amount: number;
  /** As Stripe writes it, in lower case. */
  currency: string;
  /** The tutor's account at Stripe. */
  account: string;
  /** Nothing older can be it; unix seconds. */
  since: number;
}

/** Decides to pay an approved withdrawal out. @param account the tutor's at Stripe */
export async function beginPayout(
  tx: EntityManager,
  operations: StripeOperations,
  { id, amountMinor, currency, createdAt }: Withdrawal,
  account: string,
): Promise<void> {
  const input: PayoutInput = {
    ...{ withdrawalId: id, amount: amountMinor, currency: currency.toLowerCase(), account },
    since: Math.floor(createdAt.getTime() / 1_000) - 3_600,
  };
  await operations.begin(tx, CREATE_PAYOUT, { subjectId: id, input });
}

/** Pays withdrawals out. */
export const createPayout: OperationHandler<PayoutInput, Stripe.Payout> = {
  kind: CREATE_PAYOUT,
  call: (stripe, { withdrawalId, amount, currency, account }, { idempotencyKey }) =>
    stripe.payouts.create(
      { amount, currency, metadata: { withdrawalId, operationId: idempotencyKey } },
      { stripeAccount: account, idempotencyKey },
    ),
  async find(stripe, { withdrawalId, account, since }) {
    const payouts = stripe.payouts.list({ created: { gte: since }, limit: 100 }, { stripeAccount: account });
    for await (const payout of payouts) {
      if (payout.metadata?.['withdrawalId'] === withdrawalId) return payout;
    }
    return null;
  },
  done: (tx, _id, payout, now) => applyPayout(tx, payout, now),
  async refused(tx, id, code, now) {
    const locked = await lockWithdrawal(tx, id);
    if (locked?.withdrawal.status !== 'APPROVED') return;
    locked.withdrawal.failureCode = code;
    moveWithdrawal(tx, locked.withdrawal, 'FAILED', now);
  },
};

/** Follows payouts of tutors' accounts. */
export const payoutSync: ObjectSync<Stripe.Payout> = {
  kind: 'payout',
  fetch: (stripe, id, account) => stripe.payouts.retrieve(id, {}, account ? { stripeAccount: account } : {}),
  isConnected: true,
  apply: applyPayout,
};

/** Takes over how a payout stands; may be repeated. */
async function applyPayout(tx: EntityManager, payout: Stripe.Payout, now: Date): Promise<void> {
  const locked = await lockWithdrawal(tx, payout.metadata?.['withdrawalId'] ?? '');
  // The platform's own payouts are none of these.
  if (!locked || !(await isMadeByUs(tx, payout, locked.withdrawal.id))) return;
  const { withdrawal } = locked;
  if (withdrawal.status === 'APPROVED') {
    withdrawal.stripePayoutId = payout.id;
    moveWithdrawal(tx, withdrawal, 'PAYING', now);
    await postJournal(tx, withdrawalPaying(withdrawal, idOf(payout.balance_transaction)), now);
  }
  if (withdrawal.stripePayoutId !== payout.id) return;
  withdrawal.arrivesAt = new Date(payout.arrival_date * 1_000);
  if (payout.status === 'paid' && mayWithdrawalBecome(withdrawal.status, 'PAID')) {
    moveWithdrawal(tx, withdrawal, 'PAID', now);
  }
  const isBack = payout.status === 'failed' || payout.status === 'canceled';
  if (isBack && mayWithdrawalBecome(withdrawal.status, 'FAILED')) {
    withdrawal.failureCode = payout.failure_code ?? payout.status;
    moveWithdrawal(tx, withdrawal, 'FAILED', now);
    await postJournal(tx, withdrawalFailed(withdrawal, idOf(payout.failure_balance_transaction)), now);
  }
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}
