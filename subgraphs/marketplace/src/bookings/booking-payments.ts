import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { bookingRefundDue } from '../events.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { Booking } from './booking.entity.js';
import { aboutBooking } from './booking.transitions.js';
import type { BookingClock } from './booking-clock.js';
import { expireBooking, expireDue } from './booking-expiry.js';
import { lockWithCalendars } from './booking-lock.js';
import { confirmBooking } from './booking-moves.js';
import { BookingPayment } from './booking-payment.entity.js';
import { busySpans } from './booking-times.repository.js';

/** Money that arrived through payments. */
export interface ArrivedPayment {
  paymentId: string;
  bookingId: string;
}

/** Why a booking cannot be confirmed, though it is paid. */
export type Unconfirmed = 'WRONG_STATUS' | 'SLOT_TAKEN' | 'LESSON_BEGUN';

/** Decides what money does to bookings. */
export class BookingPayments {
  constructor(private readonly clock: BookingClock) {}

  /**
   * Takes a payment, once: it confirms a booking that waits for it, or one that has expired while its time is still free.
   * Otherwise, also when another payment was faster, it has to go back.
   *
   * @throws Error when there is no such booking: money for nothing is for an operator to look at
   */
  async accept(tx: EntityManager, { paymentId, bookingId }: ArrivedPayment, now: Date): Promise<void> {
    const locked = await lockWithCalendars(tx, bookingId);
    if (!locked) throw new Error(`Payment ${paymentId} is for booking ${bookingId}, which does not exist`);
    if (await tx.count(BookingPayment, { paymentId })) return;
    const accepted = (await this.confirm(tx, locked, now)) === null;
    tx.create(BookingPayment, { paymentId, bookingId, accepted, createdAt: now });
    if (accepted) return;
    const { subject, data } = aboutBooking(locked.booking);
    recordEvent(tx, bookingRefundDue.create({ subject, data: { ...data, paymentId } }));
  }

  /**
   * Confirms a locked booking that was paid outside the platform.
   *
   * @returns why that cannot be, or null
   */
  async markPaid(
    tx: EntityManager,
    locked: { booking: Booking; people: readonly string[] },
    { markedBy, reason }: { markedBy: string; reason: string },
    now: Date,
  ): Promise<Unconfirmed | null> {
    const refusal = await this.confirm(tx, locked, now);
    if (refusal) return refusal;
    const bookingId = locked.booking.id;
    tx.create(BookingPayment, { paymentId: newId(), bookingId, accepted: true, markedBy, reason, createdAt: now });
    return null;
  }

  private async confirm(
    tx: EntityManager,
    { booking, people }: { booking: Booking; people: readonly string[] },
    now: Date,
  ): Promise<Unconfirmed | null> {
    const { status, startsAt } = booking;
    if (status !== 'PENDING_PAYMENT' && status !== 'EXPIRED') return 'WRONG_STATUS';
    if (!startsAt || startsAt <= now) {
      expireBooking(tx, booking, now);
      return 'LESSON_BEGUN';
    }
    if (status === 'EXPIRED' && !(await isStillFree(tx, booking, people, now))) return 'SLOT_TAKEN';
    confirmBooking(tx, booking, now);
    await this.clock.schedule(tx, booking, now);
    return null;
  }
}

/** Can an expired booking have its time again? Should something have taken it all the same, the database refuses. */
async function isStillFree(
  tx: EntityManager,
  { id, startsAt, endsAt, kind, studentId, tutorId }: Booking,
  people: readonly string[],
  now: Date,
): Promise<boolean> {
  if (!startsAt || !endsAt) return false;
  const tutor = await tx.findOneOrFail(Tutor, { id: tutorId });
  if (tutor.erasedAt) return false;
  // What has outlived its time keeps nobody out, but the exclusion constraints still see it.
  await expireDue(tx, people, now);
  const busy = await busySpans(tx, people, [{ startsAt, endsAt }], { now, ignoreId: id });
  if (busy.size > 0) return false;
  if (kind !== 'TRIAL') return true;
  const otherTrials = { studentId, tutorId, kind, status: { $nin: ['CANCELLED' as const, 'EXPIRED' as const] } };
  return (await tx.count(Booking, otherTrials)) === 0;
}
