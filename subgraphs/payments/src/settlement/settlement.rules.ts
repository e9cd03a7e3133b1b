import type { RefundReason } from '../refunds/refund.rules.js';

/** What the end of a lesson means for its money. */
export interface Settlement {
  /** When it is carried out. */
  at: Date;
  /** The part of the payment that goes back to the student, in percent. */
  refundPercent: number;
  /** Why; null when nothing does. */
  reason: RefundReason | null;
}

/** News of an absence that can be disputed may be on their way when its time is over. */
export const DISPUTE_MARGIN_MS = 10 * 60 * 1000;

/** A lesson that took place: the share waits, in case that the student says otherwise. */
export function afterCompletion(completedAt: Date, holdHours: number): Settlement {
  return { at: new Date(completedAt.getTime() + holdHours * 60 * 60 * 1000), refundPercent: 0, reason: null };
}

/** A lesson that was called off: at once. */
export function afterCancellation(refundPercent: number, now: Date): Settlement {
  return { at: now, refundPercent, reason: reasonFor(refundPercent, 'BOOKING_CANCELLED') };
}

/** A lesson from which somebody was absent: once nobody can say otherwise any more. */
export function afterAbsence(refundPercent: number, disputableUntil: Date | null, now: Date): Settlement {
  const at = disputableUntil ? new Date(disputableUntil.getTime() + DISPUTE_MARGIN_MS) : now;
  return { at, refundPercent, reason: reasonFor(refundPercent, 'NO_SHOW') };
}

/** Money for a lesson that cannot take place any longer: all of it goes back at once. */
export function afterLateness(now: Date): Settlement {
  return { at: now, refundPercent: 100, reason: 'LATE_PAYMENT' };
}

function reasonFor(refundPercent: number, reason: RefundReason): RefundReason | null {
  return refundPercent > 0 ? reason : null;
}
