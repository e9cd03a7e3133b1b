/** Where a reconciliation stands. */
export const reconciliationStatuses = ['RUNNING', 'MATCHED', 'DIFFERENT', 'FAILED'] as const;
/** @see reconciliationStatuses */
export type ReconciliationStatus = (typeof reconciliationStatuses)[number];

/** How the ledger and Stripe can differ. */
export const differenceKinds = ['MISSING_IN_LEDGER', 'MISSING_AT_STRIPE', 'AMOUNT_DIFFERS', 'BALANCE_DIFFERS'] as const;
/** @see differenceKinds */
export type DifferenceKind = (typeof differenceKinds)[number];
