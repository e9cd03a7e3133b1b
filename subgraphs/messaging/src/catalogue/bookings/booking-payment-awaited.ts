import { bookingPaymentAwaited } from '@tutorgraph/schema/events/marketplace';
import { lessonOf } from '../../facts/lessons.js';
import { defineNotification } from '../notification-type.js';
import { sampleLesson, toStudent } from './lesson-recipients.js';

/** Also asked for when the booking expires: only who was told to pay is told that it is too late. */
export const BOOKING_PAYMENT_AWAITED = 'BOOKING_PAYMENT_AWAITED';

export const bookingPaymentAwaitedType = defineNotification({
  type: BOOKING_PAYMENT_AWAITED,
  description: 'A lesson keeps its time until it is paid; for its student.',
  event: bookingPaymentAwaited,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [{ ...sampleLesson, amountMinor: 150_000, currency: 'RUB', expiresAt: '2026-11-23T18:30:00.000Z' }],
  async recipients(ask, { subject }) {
    const lesson = await lessonOf(ask, subject);
    // One from a package pays itself.
    if (lesson?.status !== 'PENDING_PAYMENT' || lesson.packageId || !lesson.expiresAt) return [];
    const told = toStudent(lesson, { ...lesson.amount, expiresAt: lesson.expiresAt });
    return [{ ...told, expiresAt: new Date(lesson.expiresAt) }];
  },
});
