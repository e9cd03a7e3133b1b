import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { tutorBalance } from '../balances/balance.repository.js';
import { reversible } from '../balances/balance.rules.js';
import { debt, shareReleased } from '../ledger/journals.js';
import { balanceOf, postJournal } from '../ledger/post.js';
import type { Payment } from '../payments/payment.entity.js';
import { tutorOf } from '../payments/payment.transitions.js';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { Transfer } from './transfer.entity.js';
import { lockTransfersOf } from './transfer.repository.js';
import { beginReversal, beginTransfer } from './transfer-calls.js';
import { TransferReversal } from './transfer-reversal.entity.js';
import { moveTransfer } from './transfer-steps.js';

/**
 * Makes a tutor's share of a payment due, without what went back to the student: it pays first what the tutor owes, and
 * the rest is transferred at once, or as soon as the tutor's account can take it. Repeating it changes nothing.
 *
 * @param payment locked by the caller and not frozen
 */
export async function releaseShare(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  now: Date,
): Promise<void> {
  if (payment.shareStatus !== 'PENDING') return;
  payment.shareStatus = 'RELEASED';
  const minor = payment.shareMinor - payment.shareRefundedMinor;
  if (minor === 0) return;
  await lockTutor(tx, tutorOf(payment));
  const owedMinor = await owedOf(tx, payment, minor);
  await postJournal(tx, shareReleased(payment, minor, owedMinor), now);
  await transferShare(tx, operations, { payment, minor: minor - owedMinor, cause: `payment:${payment.id}` }, now);
}

/**
 * Takes back a part of a share that was released (whatever became of its transfer): what is at the tutor's account at
 * Stripe is reversed, what is not there any more the tutor owes. Each cause once. The caller has taken the part from
 * TUTOR_AVAILABLE, or from TUTOR_FROZEN.
 *
 * @param payment locked by the caller
 * @param cause `refund:<id>` or `dispute:<id>`
 */
export async function reverseShare(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  minor: number,
  cause: string,
  now: Date,
): Promise<void> {
  if (minor === 0) return;
  await lockTutor(tx, tutorOf(payment));
  if (await tx.count(TransferReversal, { cause: { $like: `${cause}%` } })) return;
  let left = minor;
  for (const transfer of await lockTransfersOf(tx, payment)) {
    if (left === 0) break;
    const from = { payment, transfer, cause: `${cause}:${transfer.id}` };
    left -= await takeBack(tx, operations, from, left, now);
  }
  if (left > 0)
    await postJournal(tx, debt({ ...payment, tutorId: tutorOf(payment), paymentId: payment.id }, left, cause), now);
}

/**
 * Gives back to the tutor what {@link reverseShare} took, because the money did not leave after all: it pays first what
 * the tutor owes, and the rest is transferred. The caller has given the part back to TUTOR_AVAILABLE. Each cause once.
 *
 * @param payment locked by the caller
 * @param cause that of {@link reverseShare}
 */
export async function returnShare(
  tx: EntityManager,
  operations: StripeOperations,
  payment: Payment,
  minor: number,
  cause: string,
  now: Date,
): Promise<void> {
  const returned = `returned:${cause}`;
  if (minor === 0) return;
  await lockTutor(tx, tutorOf(payment));
  const owedMinor = await owedOf(tx, payment, minor);
  // Debt that is paid is debt of less than nothing; recorded also when it is nothing, so that this happens once.
  const isFirst = await postJournal(
    tx,
    debt({ ...payment, tutorId: tutorOf(payment), paymentId: payment.id }, -owedMinor, returned),
    now,
  );
  if (isFirst) await transferShare(tx, operations, { payment, minor: minor - owedMinor, cause: returned }, now);
}

async function owedOf(tx: EntityManager, payment: Payment, most: number): Promise<number> {
  return Math.min(most, Math.max(0, await balanceOf(tx, 'TUTOR_OWES', tutorOf(payment), payment.currency)));
}

async function transferShare(
  tx: EntityManager,
  operations: StripeOperations,
  { payment, minor, cause }: { payment: Payment; minor: number; cause: string },
  now: Date,
): Promise<void> {
  if (minor === 0) return;
  const { id: paymentId, currency } = payment;
  const tutorId = tutorOf(payment);
  const transfer = tx.create(Transfer, {
    ...{ id: newId(), tutorId, paymentId, cause, currency },
    ...{ status: 'WAITING', amountMinor: minor, reversedMinor: 0, createdAt: now },
  });
  const account = await lockTutor(tx, tutorId);
  // A refund may fail while a cardholder disputes the payment.
  if (payment.frozenAt || !(account?.transfersEnabled && account.stripeAccountId)) return;
  await beginTransfer(tx, operations, { transfer, payment, account: account.stripeAccountId });
}

/** @returns how much of it could be taken from this transfer */
async function takeBack(
  tx: EntityManager,
  operations: StripeOperations,
  { payment, transfer, cause }: { payment: Payment; transfer: Transfer; cause: string },
  wanted: number,
  now: Date,
): Promise<number> {
  const amountMinor = Math.min(wanted, transfer.amountMinor - transfer.reversedMinor, await within(tx, transfer));
  if (amountMinor === 0) return 0;
  const reversal = tx.create(TransferReversal, {
    ...{ id: newId(), transferId: transfer.id, status: 'WAITING', amountMinor, cause, createdAt: now },
  });
  if (transfer.status === 'WAITING') {
    // Stripe was not asked for it yet: it asks for less, or for nothing.
    moveTransfer(reversal, 'CANCELLED');
    if (amountMinor === transfer.amountMinor) moveTransfer(transfer, 'CANCELLED');
    else transfer.amountMinor -= amountMinor;
    return amountMinor;
  }
  transfer.reversedMinor += amountMinor;
  payment.transferredMinor -= amountMinor;
  if (transfer.stripeTransferId) await beginReversal(tx, operations, reversal, transfer.stripeTransferId);
  // The balance of the next one counts this one.
  await tx.flush();
  return amountMinor;
}

/** What is there to be taken back; of a transfer that is not made yet all will be. */
async function within(tx: EntityManager, { status, tutorId, currency }: Transfer): Promise<number> {
  if (status !== 'SUCCEEDED') return Number.MAX_SAFE_INTEGER;
  return reversible(await tutorBalance(tx, tutorId, currency));
}
