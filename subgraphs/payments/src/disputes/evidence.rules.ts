/** Texts of evidence, by our names, and as Stripe calls them. */
export const evidenceTexts = {
  productDescription: 'product_description',
  serviceDate: 'service_date',
  customerName: 'customer_name',
  customerEmail: 'customer_email_address',
  customerPurchaseIp: 'customer_purchase_ip',
  accessActivityLog: 'access_activity_log',
  cancellationPolicyDisclosure: 'cancellation_policy_disclosure',
  cancellationRebuttal: 'cancellation_rebuttal',
  refundPolicyDisclosure: 'refund_policy_disclosure',
  refundRefusalExplanation: 'refund_refusal_explanation',
  duplicateChargeExplanation: 'duplicate_charge_explanation',
  statement: 'uncategorized_text',
} as const;
/** @see evidenceTexts */
export type EvidenceText = keyof typeof evidenceTexts;

/** Kinds of files of evidence, and as Stripe calls them. */
export const evidenceFiles = {
  CUSTOMER_COMMUNICATION: 'customer_communication',
  SERVICE_DOCUMENTATION: 'service_documentation',
  CANCELLATION_POLICY: 'cancellation_policy',
  REFUND_POLICY: 'refund_policy',
  RECEIPT: 'receipt',
  DUPLICATE_CHARGE: 'duplicate_charge_documentation',
  OTHER: 'uncategorized_file',
} as const;
/** @see evidenceFiles */
export type EvidenceFile = keyof typeof evidenceFiles;
/** Every kind of file. */
export const evidenceFileKinds = [
  'CUSTOMER_COMMUNICATION',
  'SERVICE_DOCUMENTATION',
  'CANCELLATION_POLICY',
  'REFUND_POLICY',
  'RECEIPT',
  'DUPLICATE_CHARGE',
  'OTHER',
] as const satisfies readonly EvidenceFile[];

/** What Stripe takes as a file of evidence, and how large all of them together may be. */
export const EVIDENCE_FILE_TYPES: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png'];
export const MOST_EVIDENCE_BYTES = 4_500_000;
