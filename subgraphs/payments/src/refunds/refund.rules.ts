/** Why money goes back. */
export const refundReasons = ['BOOKING_CANCELLED', 'NO_SHOW', 'LATE_PAYMENT', 'BY_STAFF', 'PACKAGE_RETURNED'] as const;
/** @see refundReasons */
export type RefundReason = (typeof refundReasons)[number];

/** Where a refund stands. */
export const refundStatuses = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;
/** @see refundStatuses */
export type RefundStatus = (typeof refundStatuses)[number];
