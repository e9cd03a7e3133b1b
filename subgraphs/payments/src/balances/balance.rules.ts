/** What decides how much may leave a tutor's account at Stripe, in minor units. */
export interface Held {
  availableMinor: number;
  owedMinor: number;
  connectedMinor: number;
  reversingMinor: number;
  approvedMinor: number;
  requestedMinor: number;
}

/**
 * What a tutor may have paid out: what is at Stripe and on no other way out, and of what is due neither frozen nor owed.
 */
export function withdrawable(held: Held): number {
  return Math.max(0, approvable(held) - held.requestedMinor);
}

/** As {@link withdrawable}, whatever other withdrawals wait for staff: of those the first that is approved has it. */
export function approvable(held: Omit<Held, 'requestedMinor'>): number {
  const { availableMinor, owedMinor, connectedMinor, reversingMinor, approvedMinor } = held;
  // What is being reversed is no longer among what is due.
  return Math.max(0, Math.min(connectedMinor - reversingMinor, availableMinor - owedMinor) - approvedMinor);
}

/** What can be taken back from a tutor's account at Stripe, whatever it is meant for. */
export function reversible(held: Pick<Held, 'connectedMinor' | 'reversingMinor' | 'approvedMinor'>): number {
  return Math.max(0, held.connectedMinor - held.reversingMinor - held.approvedMinor);
}
