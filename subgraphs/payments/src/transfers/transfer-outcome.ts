import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type Stripe from 'stripe';
import { transferMade, transferReversed } from '../events.js';
import { debt, goodwill, reversalMade, transferMade as transferJournal } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import { isMadeByUs } from '../stripe/our-call.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import type { Transfer } from './transfer.entity.js';
import { type LockedTransfer, lockTransfer, waitingReversals } from './transfer.repository.js';
import { beginReversal } from './transfer-calls.js';
import { TransferReversal } from './transfer-reversal.entity.js';
import { moveTransfer } from './transfer-steps.js';

/** Takes over how a transfer stands at Stripe, with all that was taken back of it; may be repeated. */
export async function applyTransfer(
  tx: EntityManager,
  operations: StripeOperations,
  made: Stripe.Transfer,
  now: Date,
): Promise<void> {
  const locked = await lockTransfer(tx, made.metadata['transferId'] ?? '');
  // Staff may transfer at Stripe itself too; reconciliation tells of that.
  if (!locked || !(await isMadeByUs(tx, made, locked.transfer.id))) return;
  const { transfer } = locked;
  if (transfer.status === 'PENDING') await succeed(tx, operations, transfer, made, now);
  if (transfer.stripeTransferId !== made.id) return;
  for (const reversal of made.reversals.data) await settleReversal(tx, locked, reversal, now);
}

/** Stripe refuses a transfer: a share is due nevertheless and waits for another try; one by staff is over. */
export async function refuseTransfer(tx: EntityManager, id: string, code: string, now: Date): Promise<void> {
  const locked = await lockTransfer(tx, id);
  if (locked?.transfer.status !== 'PENDING') return;
  const { transfer, payment } = locked;
  transfer.failureCode = code;
  if (!payment) {
    moveTransfer(transfer, 'FAILED');
    transfer.settledAt = now;
    return;
  }
  payment.transferredMinor -= transfer.amountMinor - transfer.reversedMinor;
  for (const reversal of await waitingReversals(tx, transfer)) moveTransfer(reversal, 'CANCELLED');
  if (transfer.reversedMinor === transfer.amountMinor) {
    moveTransfer(transfer, 'CANCELLED');
    return;
  }
  transfer.amountMinor -= transfer.reversedMinor;
  transfer.reversedMinor = 0;
  moveTransfer(transfer, 'WAITING');
}

/** Takes over a reversal that Stripe has made; may be repeated. */
export async function applyReversal(tx: EntityManager, made: Stripe.TransferReversal, now: Date): Promise<void> {
  const id = made.metadata?.['reversalId'] ?? '';
  const known = isId(id) ? await tx.findOne(TransferReversal, { id }) : null;
  const locked = known && (await lockTransfer(tx, known.transferId));
  if (locked) await settleReversal(tx, locked, made, now);
}

/** Stripe refuses to take something back: the tutor owes it. */
export async function refuseReversal(tx: EntityManager, id: string, code: string, now: Date): Promise<void> {
  const known = await tx.findOneOrFail(TransferReversal, { id });
  const locked = await lockTransfer(tx, known.transferId);
  const reversal = await tx.findOneOrFail(TransferReversal, { id }, { refresh: true });
  if (!locked || reversal.status !== 'PENDING') return;
  const { transfer, payment } = locked;
  moveTransfer(reversal, 'FAILED');
  Object.assign(reversal, { failureCode: code, settledAt: now });
  transfer.reversedMinor -= reversal.amountMinor;
  if (payment) payment.transferredMinor += reversal.amountMinor;
  const ofShare = { ...transfer, paymentId: transfer.paymentId ?? null };
  await postJournal(tx, debt(ofShare, reversal.amountMinor, reversal.id), now);
}

async function succeed(
  tx: EntityManager,
  operations: StripeOperations,
  transfer: Transfer,
  made: Stripe.Transfer,
  now: Date,
): Promise<void> {
  moveTransfer(transfer, 'SUCCEEDED');
  Object.assign(transfer, { stripeTransferId: made.id, settledAt: now });
  const { id, tutorId, paymentId = null } = transfer;
  if (!paymentId) await postJournal(tx, goodwill(transfer), now);
  await postJournal(tx, transferJournal(transfer, idOf(made.balance_transaction)), now);
  recordEvent(tx, transferMade.create({ subject: id, data: { tutorId, paymentId } }));
  for (const reversal of await waitingReversals(tx, transfer)) {
    await beginReversal(tx, operations, reversal, made.id);
  }
}

async function settleReversal(
  tx: EntityManager,
  { transfer }: LockedTransfer,
  made: Stripe.TransferReversal,
  now: Date,
): Promise<void> {
  const id = made.metadata?.['reversalId'] ?? '';
  const reversal = isId(id)
    ? await tx.findOne(TransferReversal, { id, transferId: transfer.id }, { refresh: true })
    : null;
  if (reversal?.status !== 'PENDING' || !(await isMadeByUs(tx, made, id))) return;
  moveTransfer(reversal, 'SUCCEEDED');
  Object.assign(reversal, { stripeReversalId: made.id, settledAt: now });
  await postJournal(tx, reversalMade(transfer, reversal, idOf(made.balance_transaction)), now);
  const { tutorId, paymentId = null } = transfer;
  recordEvent(tx, transferReversed.create({ subject: transfer.id, data: { tutorId, paymentId } }));
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}
