/**
 * Currencies whose minor unit Stripe does not count as ISO 4217 does (docs.stripe.com/currencies), or of which it takes
 * only every tenth amount, so that a share of one could not be transferred.
 */
const COUNTED_OTHERWISE = new Set(['ISK', 'UGX', 'MGA', 'MRU', 'BHD', 'JOD', 'KWD', 'OMR', 'TND', 'IQD', 'LYD']);

/** Can an amount of this currency be charged? Minor units then are the same for Stripe as for us, also where there are none. */
export function isChargeable(currency: string): boolean {
  return !COUNTED_OTHERWISE.has(currency);
}
