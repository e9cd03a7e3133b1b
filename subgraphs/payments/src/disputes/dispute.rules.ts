/** Where a dispute of a cardholder stands; inquiries, which Stripe calls warnings, take no money. */
export const disputeStatuses = ['NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST', 'INQUIRY', 'INQUIRY_CLOSED'] as const;
/** @see disputeStatuses */
export type DisputeStatus = (typeof disputeStatuses)[number];

/** In these the bank has not decided, and nothing of the payment moves. */
export const openStatuses = ['NEEDS_RESPONSE', 'UNDER_REVIEW'] as const satisfies readonly DisputeStatus[];

/** What may follow upon each status; the rest is passed over. An inquiry may become a dispute, also after it was closed. */
const transitions: Readonly<Record<DisputeStatus, readonly DisputeStatus[]>> = {
  INQUIRY: ['NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST', 'INQUIRY_CLOSED'],
  INQUIRY_CLOSED: ['NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST'],
  NEEDS_RESPONSE: ['UNDER_REVIEW', 'WON', 'LOST'],
  UNDER_REVIEW: ['NEEDS_RESPONSE', 'WON', 'LOST'],
  WON: [],
  LOST: [],
};

/** Is this a step that a dispute may take? */
export function mayDisputeBecome(from: DisputeStatus, to: DisputeStatus): boolean {
  return transitions[from].includes(to);
}

/** Has it not been decided upon? */
export function isOpen(status: DisputeStatus): boolean {
  return status === 'NEEDS_RESPONSE' || status === 'UNDER_REVIEW';
}

/** May evidence be sent? */
export function takesEvidence(status: DisputeStatus): boolean {
  return status === 'NEEDS_RESPONSE' || status === 'INQUIRY';
}

const STATUS_BY_STRIPE: Readonly<Record<string, DisputeStatus>> = {
  needs_response: 'NEEDS_RESPONSE',
  under_review: 'UNDER_REVIEW',
  appeal_needs_response: 'NEEDS_RESPONSE',
  appeal_under_review: 'UNDER_REVIEW',
  won: 'WON',
  lost: 'LOST',
  warning_needs_response: 'INQUIRY',
  warning_under_review: 'INQUIRY',
  warning_closed: 'INQUIRY_CLOSED',
  // It was refunded before it could become one.
  prevented: 'INQUIRY_CLOSED',
};

/** What Stripe calls a dispute's status, in our words; a word that is new is a dispute that waits for the bank. */
export function disputeStatusOf(status: string): DisputeStatus {
  return STATUS_BY_STRIPE[status] ?? 'UNDER_REVIEW';
}
