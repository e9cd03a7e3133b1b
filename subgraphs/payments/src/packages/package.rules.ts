/** Where a package of lessons stands. */
export const packageStatuses = ['PENDING', 'ACTIVE', 'USED', 'EXPIRED', 'REFUNDED', 'CANCELLED'] as const;
/** @see packageStatuses */
export type PackageStatus = (typeof packageStatuses)[number];
