/** Where a premium membership stands. */
export const premiumStatuses = ['INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'ENDED'] as const;
/** @see premiumStatuses */
export type PremiumStatus = (typeof premiumStatuses)[number];

/** Days of one paid invoice. */
export const PREMIUM_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** What may follow upon each status; the rest is refused. */
const transitions: Readonly<Record<PremiumStatus, readonly PremiumStatus[]>> = {
  INCOMPLETE: ['ACTIVE', 'ENDED'],
  ACTIVE: ['PAST_DUE', 'ENDED'],
  PAST_DUE: ['ACTIVE', 'ENDED'],
  ENDED: [],
};

/** Is this a step that a membership may take? */
export function mayPremiumBecome(from: PremiumStatus, to: PremiumStatus): boolean {
  return transitions[from].includes(to);
}

/** Until when a membership is paid after another invoice: what is left of the last one is not lost. */
export function prolonged(premiumUntil: Date | null, paidAt: Date): Date {
  const from = Math.max(premiumUntil?.getTime() ?? 0, paidAt.getTime());
  return new Date(from + PREMIUM_DAYS * DAY_MS);
}

/** Until when a membership goes on that was not paid. */
export function graceAfter(premiumUntil: Date | null, graceDays: number, now: Date): Date {
  return new Date((premiumUntil ?? now).getTime() + graceDays * DAY_MS);
}
