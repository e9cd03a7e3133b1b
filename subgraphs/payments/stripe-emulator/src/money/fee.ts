/** Currencies whose amounts have no minor units. @see https://docs.stripe.com/currencies#zero-decimal */
const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '));

/** Whether an amount of 500 means five hundred whole units. */
export function isZeroDecimal(currency: string): boolean {
  return ZERO_DECIMAL.has(currency);
}

/** What Stripe keeps of a card payment: 2.9 % + 30 minor units, or 2.9 % + 40 where there are none. */
export function processingFee(amount: number, currency: string): number {
  return Math.round((amount * 29) / 1_000) + (isZeroDecimal(currency) ? 40 : 30);
}
