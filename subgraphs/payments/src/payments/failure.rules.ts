/** Stripe's codes (docs.stripe.com/declines/codes) that tell the payer more than that the bank said no. */
const KNOWN = new Map([
  ['insufficient_funds', 'FAILED_INSUFFICIENT_FUNDS'],
  ['expired_card', 'FAILED_EXPIRED_CARD'],
  ['incorrect_cvc', 'FAILED_INCORRECT_CVC'],
  ['invalid_cvc', 'FAILED_INCORRECT_CVC'],
  ['incorrect_number', 'FAILED_INCORRECT_NUMBER'],
  ['invalid_number', 'FAILED_INCORRECT_NUMBER'],
  ['processing_error', 'FAILED_PROCESSING_ERROR'],
  ['authentication_required', 'FAILED_AUTHENTICATION'],
  ['payment_intent_authentication_failure', 'FAILED_AUTHENTICATION'],
]);

/**
 * The message for a failed attempt. Cards that are reported lost or stolen, or suspected of fraud, are declined like any
 * other: whoever tries them is not to learn why.
 */
export function failureKey(code: string): string {
  return KNOWN.get(code) ?? 'FAILED_DECLINED';
}
