import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Payment } from '../payments/payment.entity.js';
import { lockPayment } from '../payments/payment.repository.js';
import type { PayoutAccount } from '../payout-accounts/payout-account.entity.js';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import { Transfer } from './transfer.entity.js';
import { TransferReversal } from './transfer-reversal.entity.js';

/** A transfer with all that changes with it, locked in the room's order. */
export interface LockedTransfer {
  transfer: Transfer;
  /** The payment whose share it is; null for one by staff. */
  payment: Payment | null;
  account: PayoutAccount | null;
}

/** Locks a transfer, its payment and its tutor; null when there is none. */
export async function lockTransfer(tx: EntityManager, id: string): Promise<LockedTransfer | null> {
  if (!isId(id)) return null;
  // What it is about never changes, so that it can be read before the locks.
  const known = await tx.findOne(Transfer, { id }, { fields: ['paymentId', 'tutorId'] });
  if (!known) return null;
  const payment = known.paymentId ? await lockPayment(tx, known.paymentId) : null;
  const account = await lockTutor(tx, known.tutorId);
  const transfer = await tx.findOneOrFail(
    Transfer,
    { id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, populate: ['*'] },
  );
  return { transfer, payment, account };
}

/** Transfers of a payment's share that were made or will be, the oldest first, locked. */
export function lockTransfersOf(tx: EntityManager, { id: paymentId }: Payment): Promise<Transfer[]> {
  return tx.find(
    Transfer,
    { paymentId, status: { $in: ['WAITING', 'PENDING', 'SUCCEEDED'] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, orderBy: { createdAt: 'asc', id: 'asc' } },
  );
}

/** Reversals of a transfer that wait until Stripe has made it. */
export function waitingReversals(tx: EntityManager, { id: transferId }: Transfer): Promise<TransferReversal[]> {
  return tx.find(TransferReversal, { transferId, status: 'WAITING' }, { orderBy: { createdAt: 'asc', id: 'asc' } });
}
