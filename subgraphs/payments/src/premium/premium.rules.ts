/** Where a premium membership stands. */
export const premiumStatuses = ['INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'ENDED'] as const;
/** @see premiumStatuses */
export type PremiumStatus = (typeof premiumStatuses)[number];
