import type Stripe from 'stripe';

type Evidence = Stripe.Dispute.Evidence;
type FileEvidence =
  | 'cancellation_policy'
  | 'customer_communication'
  | 'customer_signature'
  | 'duplicate_charge_documentation'
  | 'receipt'
  | 'refund_policy'
  | 'service_documentation'
  | 'shipping_documentation'
  | 'uncategorized_file';

/** Evidence that is an uploaded file. */
export const fileEvidence: readonly FileEvidence[] = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
];

/** Evidence that is text. */
export const textEvidence = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const satisfies readonly (keyof Evidence)[];

/** All texts of evidence together may have so many characters. */
export const MOST_EVIDENCE_CHARACTERS = 150_000;

/** Evidence is due so many days after the dispute is opened. */
export const EVIDENCE_DAYS = 7;

/** What a dispute costs, won or lost: 15.00, in the minor units of its currency. */
export const DISPUTE_FEE_MINOR = 1500;

/** No evidence yet. */
export function noEvidence(): Evidence {
  const nothing = Object.fromEntries([...fileEvidence, ...textEvidence].map((name) => [name, null]));
  return { ...(nothing as Record<FileEvidence | (typeof textEvidence)[number], null>), enhanced_evidence: {} };
}

/** How a test decides the outcome: by the text of the evidence that is submitted. @see https://docs.stripe.com/testing#evidence */
export function outcomeOf(evidence: Evidence): 'won' | 'lost' | undefined {
  if (evidence.uncategorized_text === 'winning_evidence') return 'won';
  return evidence.uncategorized_text === 'losing_evidence' ? 'lost' : undefined;
}

/** Where a dispute can go from where it stands. */
const disputeTransitions: Readonly<Record<string, readonly string[]>> = {
  needs_response: ['under_review', 'won', 'lost'],
  under_review: ['won', 'lost'],
  warning_needs_response: ['warning_under_review', 'warning_closed'],
  warning_under_review: ['warning_closed'],
};

/** May a dispute go from one status to another? */
export function mayDisputeBecome(from: string, to: string): boolean {
  return disputeTransitions[from]?.includes(to) ?? false;
}
