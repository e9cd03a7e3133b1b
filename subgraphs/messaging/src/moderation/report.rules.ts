/** Why a message is reported. */
export const reportReasons = ['SPAM', 'ABUSE', 'CONTACTS', 'FRAUD', 'OTHER'] as const;
/** @see reportReasons */
export type ReportReason = (typeof reportReasons)[number];

/** Where a report stands. */
export const reportStatuses = ['OPEN', 'UPHELD', 'DISMISSED'] as const;
/** @see reportStatuses */
export type ReportStatus = (typeof reportStatuses)[number];
