import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { packageChanged, packageRefused, paymentSucceeded } from '../events.js';
import { packageLesson } from '../ledger/journals.js';
import { postJournal } from '../ledger/post.js';
import type { BookingTerms } from '../marketplace/bookings.js';
import { Payment } from '../payments/payment.entity.js';
import { lockPaymentOfBooking } from '../payments/payment.repository.js';
import { aboutPayment } from '../payments/payment.transitions.js';
import { packageLessonPrice, splitLesson } from '../payments/split.rules.js';
import type { LessonPackage } from './package.entity.js';
import { lockPackage, lockPaymentOfPackage } from './package.repository.js';
import { lessonsLeft, paysFor } from './package.rules.js';
import { aboutPackage, movePackage } from './package.transitions.js';

/**
 * Pays a lesson from the package that its student named, once; a package that cannot pay for it is said to be refused, and
 * the student may pay otherwise. One who has begun to pay otherwise does so.
 */
export async function payFromPackage(
  tx: EntityManager,
  booking: BookingTerms,
  taxPercent: number,
  now: Date,
): Promise<void> {
  const { id: bookingId, packageId } = booking;
  if (!packageId || booking.status !== 'PENDING_PAYMENT' || (await lockPaymentOfBooking(tx, bookingId))) return;
  const bought = isId(packageId) ? await lockPaymentOfPackage(tx, packageId) : null;
  const lessons = bought && (await lockPackage(tx, packageId));
  const priceMinor = lessons ? packageLessonPrice(lessons.creditMinor, lessonsLeft(lessons)) : 0;
  if (!lessons || bought.frozenAt || priceMinor === 0 || !paysFor(lessons, lessonOf(booking), now)) {
    const data = { bookingId, studentId: booking.student.id };
    recordEvent(tx, packageRefused.create({ subject: packageId, data }));
    return;
  }
  const payment = tx.create(Payment, {
    ...columnsOf(lessons, priceMinor, taxPercent),
    bookingId,
    stripeChargeId: bought.stripeChargeId,
    paidAt: now,
    createdAt: now,
    updatedAt: now,
  });
  take(lessons, priceMinor, now);
  await tx.flush();
  await postJournal(tx, packageLesson(payment), now);
  const { subject, data } = aboutPayment(payment);
  recordEvent(tx, paymentSucceeded.create({ subject, data: { ...data, bookingId } }));
  recordEvent(tx, packageChanged.create(aboutPackage(lessons)));
}

function lessonOf({ student, tutor, subject, amount, durationMinutes }: BookingTerms) {
  const { currency } = amount;
  return { studentId: student.id, tutorId: tutor.id, subjectId: subject.id, currency, durationMinutes };
}

function columnsOf(lessons: LessonPackage, amountMinor: number, taxPercent: number) {
  const { id: packageId, studentId: payerId, tutorId, currency, commissionPercent } = lessons;
  const { shareMinor, taxMinor } = splitLesson(amountMinor, commissionPercent, taxPercent);
  const terms = { amountMinor, currency, commissionPercent, shareMinor, taxMinor };
  const standing = { kind: 'LESSON', method: 'PACKAGE', status: 'SUCCEEDED', shareStatus: 'PENDING' } as const;
  return { id: newId(), ...standing, packageId, payerId, tutorId, ...terms };
}

function take(lessons: LessonPackage, priceMinor: number, now: Date): void {
  lessons.usedLessons += 1;
  lessons.creditMinor -= priceMinor;
  lessons.updatedAt = now;
  if (lessonsLeft(lessons) === 0) movePackage(lessons, 'USED', now);
}
