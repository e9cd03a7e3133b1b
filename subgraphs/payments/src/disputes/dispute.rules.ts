/** Where a dispute of a cardholder stands; inquiries, which Stripe calls warnings, take no money. */
export const disputeStatuses = ['NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST', 'INQUIRY', 'INQUIRY_CLOSED'] as const;
/** @see disputeStatuses */
export type DisputeStatus = (typeof disputeStatuses)[number];
