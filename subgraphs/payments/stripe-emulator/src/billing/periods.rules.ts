/** How long a price's period is. */
export interface BillingInterval {
  interval: 'day' | 'week' | 'month' | 'year';
  count: number;
}

const SECONDS_A_DAY = 86_400;

/**
 * The end of the period that `periods` whole intervals after `anchor` make, in Unix seconds. Months and years count in UTC
 * from the anchor and not from the period before, so that the 31st comes back after a shorter month.
 * @see https://docs.stripe.com/billing/subscriptions/billing-cycle
 */
export function periodBoundary(anchor: number, { interval, count }: BillingInterval, periods: number): number {
  if (interval === 'day') return anchor + periods * count * SECONDS_A_DAY;
  if (interval === 'week') return anchor + periods * count * 7 * SECONDS_A_DAY;
  const from = new Date(anchor * 1000);
  const months = from.getUTCMonth() + periods * count * (interval === 'year' ? 12 : 1);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const to = new Date(from);
  to.setUTCFullYear(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), lastDay));
  return Math.floor(to.getTime() / 1000);
}

/** The first boundary after `moment`, in Unix seconds. */
export function nextBoundary(anchor: number, interval: BillingInterval, moment: number): number {
  const length = periodBoundary(anchor, interval, 1) - anchor;
  let periods = Math.max(0, Math.floor((moment - anchor) / length) - 1);
  while (periodBoundary(anchor, interval, periods) <= moment) periods += 1;
  return periodBoundary(anchor, interval, periods);
}
