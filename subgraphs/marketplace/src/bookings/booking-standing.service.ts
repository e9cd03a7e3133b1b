import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { policiesById } from '../policies/policy.repository.js';
import type { PolicyRules } from '../policies/policy.rules.js';
import { sideIn } from './booking.access.js';
import type { Booking } from './booking.entity.js';
import { allowedActions, type BookingAction, disputableUntil, refundIfCancelled } from './booking-life.rules.js';
import type { BookingAbsence, BookingCancellation } from './booking-life.types.js';

/** How bookings ended, and what can be done with them by their own rules. */
export class BookingStandingService {
  cancellation({ cancelledAt, cancelledBy, cancelReason, refundPercent }: Booking): BookingCancellation | null {
    if (!cancelledAt) return null;
    return {
      at: cancelledAt,
      by: cancelledBy ?? 'SYSTEM',
      reason: cancelReason ?? null,
      refundPercent: refundPercent ?? null,
    };
  }

  async absence(context: RequestContext, booking: Booking): Promise<BookingAbsence | null> {
    const { noShowReportedAt, endsAt, absent, refundPercent = null } = booking;
    const rules = noShowReportedAt && (await rulesOf(context, booking));
    if (!noShowReportedAt || !endsAt || !absent || !rules) return null;
    const { disputedAt, disputeStatement = null, disputeResolvedAt = null, disputeNote = null } = booking;
    return {
      absent,
      reportedAt: noShowReportedAt,
      disputableUntil: disputableUntil(endsAt, rules),
      refundPercent,
      dispute: disputedAt
        ? { at: disputedAt, statement: disputeStatement, resolvedAt: disputeResolvedAt, note: disputeNote }
        : null,
    };
  }

  async allowedActions(context: RequestContext, booking: Booking): Promise<readonly BookingAction[]> {
    const [side, rules] = await Promise.all([sideIn(context, booking), rulesOf(context, booking)]);
    return side && rules ? allowedActions(booking, side, rules, new Date()) : [];
  }

  async refundPercentIfCancelled(context: RequestContext, booking: Booking): Promise<number | null> {
    const [side, rules] = await Promise.all([sideIn(context, booking), rulesOf(context, booking)]);
    if (!side || !rules) return null;
    const now = new Date();
    return allowedActions(booking, side, rules, now).includes('CANCEL')
      ? refundIfCancelled(booking, side, rules, now)
      : null;
  }
}

async function rulesOf(context: RequestContext, { policyId }: Booking): Promise<PolicyRules | null> {
  return (await context.loader(policiesById).load(policyId))?.rules ?? null;
}
