import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import {
  withdrawalApproved,
  withdrawalCancelled,
  withdrawalFailed,
  withdrawalPaid,
  withdrawalRejected,
} from '../events.js';
import type { Withdrawal } from './withdrawal.entity.js';
import { mayWithdrawalBecome, type WithdrawalStatus } from './withdrawal.rules.js';

const news = {
  APPROVED: withdrawalApproved,
  REJECTED: withdrawalRejected,
  CANCELLED: withdrawalCancelled,
  PAID: withdrawalPaid,
  FAILED: withdrawalFailed,
};

/** Takes a withdrawal to another status and tells of it. @throws Error for a step that there is not */
export function moveWithdrawal(
  tx: EntityManager,
  withdrawal: Withdrawal,
  to: Exclude<WithdrawalStatus, 'REQUESTED'>,
  now: Date,
): void {
  const { id, status, tutorId, userId } = withdrawal;
  if (!mayWithdrawalBecome(status, to)) throw new Error(`Withdrawal ${id} is ${status} and cannot become ${to}`);
  Object.assign(withdrawal, { status: to, updatedAt: now });
  if (to !== 'PAYING') recordEvent(tx, news[to].create({ subject: id, data: { tutorId, userId } }));
}
