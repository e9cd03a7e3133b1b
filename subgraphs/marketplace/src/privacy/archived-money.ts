import type { Money } from '@tutorgraph/kit/graphql/money';

/** Money as the API shows it, for archives. */
export function money(amountMinor: number | null | undefined, currency: string | null | undefined): Money | null {
  return amountMinor && currency ? { amountMinor, currency } : null;
}
