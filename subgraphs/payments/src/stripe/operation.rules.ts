/** Where a call to Stripe stands: FAILED is what Stripe has refused for good. */
export const operationStatuses = ['PENDING', 'DONE', 'FAILED'] as const;
/** @see operationStatuses */
export type OperationStatus = (typeof operationStatuses)[number];
