/** Where a transfer, or the reversal of one, stands. */
export const transferStatuses = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;
/** @see transferStatuses */
export type TransferStatus = (typeof transferStatuses)[number];
