import { isZeroDecimal } from './fee.js';

/** An amount in minor units as a page shows it, such as `$12.50` or `¥500`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = isZeroDecimal(currency) ? 0 : 2;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
