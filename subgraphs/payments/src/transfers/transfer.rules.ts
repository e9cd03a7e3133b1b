/**
 * Where a transfer, or the reversal of one, stands. A share waits until the tutor's account can take it, the reversal of a
 * transfer until Stripe has made that; what was not needed any more before Stripe was asked is cancelled.
 */
export const transferStatuses = ['WAITING', 'PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
/** @see transferStatuses */
export type TransferStatus = (typeof transferStatuses)[number];

/** What may follow upon each status; the rest is refused. */
const transitions: Readonly<Record<TransferStatus, readonly TransferStatus[]>> = {
  WAITING: ['PENDING', 'CANCELLED'],
  // A share that Stripe refuses is due nevertheless, so that it waits for another try.
  PENDING: ['SUCCEEDED', 'FAILED', 'WAITING', 'CANCELLED'],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: [],
};

/** Is this a step that a transfer, or the reversal of one, may take? */
export function mayTransferBecome(from: TransferStatus, to: TransferStatus): boolean {
  return transitions[from].includes(to);
}
