/** Where a withdrawal stands. */
export const withdrawalStatuses = [
  'REQUESTED',
  'APPROVED',
  'PAYING',
  'PAID',
  'FAILED',
  'REJECTED',
  'CANCELLED',
] as const;
/** @see withdrawalStatuses */
export type WithdrawalStatus = (typeof withdrawalStatuses)[number];

/** What may follow upon each status; the rest is refused. */
const transitions: Readonly<Record<WithdrawalStatus, readonly WithdrawalStatus[]>> = {
  REQUESTED: ['APPROVED', 'REJECTED', 'CANCELLED'],
  APPROVED: ['PAYING', 'FAILED'],
  PAYING: ['PAID', 'FAILED'],
  // A bank may send a payout back days later.
  PAID: ['FAILED'],
  FAILED: [],
  REJECTED: [],
  CANCELLED: [],
};

/** Is this a step that a withdrawal may take? */
export function mayWithdrawalBecome(from: WithdrawalStatus, to: WithdrawalStatus): boolean {
  return transitions[from].includes(to);
}

/**
 * May an amount be paid out without staff?
 *
 * @param limitMinor of a currency with two decimals; of others as much of the main unit
 */
export function isWithinLimit(
  { amountMinor, currency }: { amountMinor: number; currency: string },
  limitMinor: number,
): boolean {
  const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return amountMinor * 100 <= limitMinor * 10 ** decimals;
}
