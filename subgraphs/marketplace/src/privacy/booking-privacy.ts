import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Booking } from '../bookings/booking.entity.js';
import type { BookingRoleName } from '../bookings/booking.rules.js';
import { expireBooking } from '../bookings/booking-expiry.js';
import { refundIfCancelled } from '../bookings/booking-life.rules.js';
import { lockAllWithCalendars } from '../bookings/booking-lock.js';
import { cancelBooking } from '../bookings/booking-moves.js';
import { policyOf } from '../policies/policy.repository.js';
import { findTutorByUser } from '../tutors/tutor.repository.js';
import { money } from './archived-money.js';

/** They still have everything before them. */
const ahead = ['UNSCHEDULED', 'HELD', 'PENDING_PAYMENT', 'CONFIRMED'] as const;

/**
 * Somebody's lessons on both sides, for the archive: without who the other one was unless they have a public profile, and
 * without what the other one said.
 */
export async function collectBookings(
  em: EntityManager,
  studentId: string,
  tutorId: string | undefined,
): Promise<unknown[]> {
  const sides = [{ studentId }, ...(tutorId ? [{ tutorId }] : [])];
  const bookings = await em.find(Booking, { $or: sides }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return bookings.map((booking) => archived(booking, booking.studentId === studentId ? 'STUDENT' : 'TUTOR'));
}

/**
 * Calls off what somebody has agreed to and is still to come: a student who is erased gets back what the rules say, whoever
 * has lost their tutor everything. Their words go; that the lessons were held stays.
 */
export async function eraseBookings(tx: EntityManager, userId: string): Promise<void> {
  const now = new Date();
  const tutor = await findTutorByUser(tx, userId);
  const sides = [{ studentId: userId }, ...(tutor ? [{ tutorId: tutor.id }] : [])];
  const { bookings } = await lockAllWithCalendars(tx, { $or: sides, status: { $in: [...ahead] } }, [userId]);
  for (const booking of bookings) {
    if (!booking.startsAt || booking.startsAt > now) await callOff(tx, booking, userId, now);
  }
  await tx.flush();
  await eraseWords(tx, userId, tutor?.id ?? null);
}

async function callOff(tx: EntityManager, booking: Booking, erasedId: string, now: Date): Promise<void> {
  // The hold of an agreed booking leaves that without a time.
  if (booking.status === 'HELD') expireBooking(tx, booking, now);
  const { rules } = await policyOf(tx, booking);
  const isStudent = booking.studentId === erasedId;
  const byRules = refundIfCancelled(booking, isStudent ? 'STUDENT' : 'TUTOR', rules, now);
  const refundPercent = isStudent && booking.paidAt && booking.movedLateAt ? 0 : byRules;
  cancelBooking(tx, booking, { by: 'SYSTEM', reason: null, refundPercent }, now);
}

async function eraseWords(tx: EntityManager, studentId: string, tutorId: string | null): Promise<void> {
  const db = tx.getKysely();
  await sql`update marketplace.bookings set
      cancel_reason = case when cancelled_by = side then null else cancel_reason end,
      dispute_statement = case when absent = side then null else dispute_statement end,
      dispute_note = null
    from (select id as booking_id, case when student_id = ${studentId} then 'STUDENT' else 'TUTOR' end as side
            from marketplace.bookings
           where (student_id = ${studentId} or tutor_id = ${tutorId}::uuid)
             and (cancel_reason is not null or dispute_statement is not null or dispute_note is not null)) own
    where id = own.booking_id`.execute(db);
  await sql`update marketplace.booking_payments set reason = null
    where reason is not null and booking_id in (
      select id from marketplace.bookings where student_id = ${studentId} or tutor_id = ${tutorId}::uuid)`.execute(db);
}

function archived(booking: Booking, as: BookingRoleName) {
  const { id, orderId, applicationId, tutorId, subjectId, kind, status, packageId, seriesId } = booking;
  const { startsAt, endsAt, expiresAt, paidAt, movedLateAt, startedAt, completedAt, completedBy } = booking;
  const { cancelledAt, cancelledBy, refundPercent, absent, noShowReportedAt, createdAt, updatedAt } = booking;
  const { disputedAt, disputeResolvedAt, disputeNote, currency } = booking;
  return {
    ...{ as, id, orderId, applicationId, tutorId, subjectId, kind, status, packageId, seriesId },
    price: money(booking.priceMinor, currency),
    amount: { amountMinor: booking.amountMinor, currency },
    ...(as === 'TUTOR' && { commissionPercent: booking.commissionPercent }),
    ...{ startsAt, endsAt, expiresAt, paidAt, movedLateAt, startedAt, completedAt, completedBy },
    ...{ cancelledAt, cancelledBy, refundPercent, absent, noShowReportedAt },
    cancelReason: cancelledBy === as ? booking.cancelReason : null,
    ...{ disputedAt, disputeResolvedAt, disputeNote },
    disputeStatement: absent === as ? booking.disputeStatement : null,
    ...{ createdAt, updatedAt },
  };
}
