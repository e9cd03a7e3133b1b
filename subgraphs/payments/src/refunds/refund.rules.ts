import { packageLessonPrice } from '../payments/split.rules.js';

/** Why money goes back. */
export const refundReasons = ['BOOKING_CANCELLED', 'NO_SHOW', 'LATE_PAYMENT', 'BY_STAFF', 'PACKAGE_RETURNED'] as const;
/** @see refundReasons */
export type RefundReason = (typeof refundReasons)[number];

/** Where a refund stands. */
export const refundStatuses = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;
/** @see refundStatuses */
export type RefundStatus = (typeof refundStatuses)[number];

/**
 * What Stripe says of a refund while the cardholder disputes the charge. It waits with this code: it is asked for anew
 * when the dispute is won, and the bank has made it when the dispute is lost.
 */
export const CHARGE_DISPUTED = 'charge_disputed';

/** What may follow upon each status; the rest is passed over, since news of Stripe may be older than what is known. */
const transitions: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
  PENDING: ['SUCCEEDED', 'FAILED'],
  // A bank may send money back days later.
  SUCCEEDED: ['FAILED'],
  FAILED: [],
};

/** Is this a step that a refund may take? */
export function mayRefundBecome(from: RefundStatus, to: RefundStatus): boolean {
  return transitions[from].includes(to);
}

/** What Stripe calls a refund's status, in our words. */
export function refundStatusOf(status: string | null): RefundStatus {
  if (status === 'succeeded') return 'SUCCEEDED';
  return status === 'failed' || status === 'canceled' ? 'FAILED' : 'PENDING';
}

/** Where a paid payment stands when so much of it has gone back. */
export function statusAfterRefunds(
  amountMinor: number,
  returnedMinor: number,
): 'SUCCEEDED' | 'PARTIALLY_REFUNDED' | 'REFUNDED' {
  if (returnedMinor <= 0) return 'SUCCEEDED';
  return returnedMinor < amountMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}

/** Lessons of a package that are paid back. */
export interface ReturnedLessons {
  lessons: number;
  amountMinor: number;
}

/**
 * The lessons whose price an amount is, of those that are left of a package. A part of a lesson cannot be paid back: the
 * tutor would have less of it.
 *
 * @param amountMinor null for all that are left
 * @returns undefined when it is no price of whole lessons
 */
export function lessonsWorth(
  creditMinor: number,
  lessonsLeft: number,
  amountMinor: number | null,
): ReturnedLessons | undefined {
  if (creditMinor <= 0 || lessonsLeft <= 0) return undefined;
  if (amountMinor === null) return { lessons: lessonsLeft, amountMinor: creditMinor };
  let worth = 0;
  for (let lessons = 1; lessons <= lessonsLeft && worth < amountMinor; lessons++) {
    worth += packageLessonPrice(creditMinor - worth, lessonsLeft - lessons + 1);
    if (worth === amountMinor) return { lessons, amountMinor };
  }
  return undefined;
}

/** What a refund takes of a package that was made without asking us: as many lessons as it pays for at least in part. */
export function lessonsLost(creditMinor: number, lessonsLeft: number, amountMinor: number): ReturnedLessons {
  const taken = Math.min(creditMinor, amountMinor);
  if (taken === creditMinor) return { lessons: lessonsLeft, amountMinor: taken };
  let worth = 0;
  let lessons = 0;
  for (; worth < taken && lessons < lessonsLeft; lessons++) {
    worth += packageLessonPrice(creditMinor - worth, lessonsLeft - lessons);
  }
  return { lessons, amountMinor: taken };
}

/** The part of a payment, in minor units, that so many percent are, half up. */
export function percentOf(amountMinor: number, percent: number): number {
  return Math.round((amountMinor * percent) / 100);
}
