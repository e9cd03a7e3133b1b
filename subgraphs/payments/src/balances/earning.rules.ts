import type { Payment } from '../payments/payment.entity.js';

/** What becomes of a tutor's share. */
export const earningStatuses = ['PENDING', 'RELEASED', 'FROZEN', 'RETURNED'] as const;
/** @see earningStatuses */
export type EarningStatus = (typeof earningStatuses)[number];

/** What becomes of the share of a paid lesson. */
export function earningStatus(
  payment: Pick<Payment, 'shareMinor' | 'shareRefundedMinor' | 'shareStatus' | 'frozenAt'>,
): EarningStatus {
  if (payment.shareRefundedMinor > 0 && payment.shareRefundedMinor === payment.shareMinor) return 'RETURNED';
  if (payment.frozenAt) return 'FROZEN';
  return payment.shareStatus === 'RELEASED' ? 'RELEASED' : 'PENDING';
}
