import type { MarketplaceDemo } from './data.js';
import { termsOf } from './rows.js';

/** What rooms that keep money have to know of a paid lesson. */
export interface PaidLesson {
  bookingId: string;
  studentId: string;
  tutorId: string;
  /** The tutor's account. */
  tutorUserId: string;
  amountMinor: number;
  currency: string;
  commissionPercent: number;
  paidAt: Date;
  /** Null for one that is to come. */
  completedAt: Date | null;
}

/** The lessons of a market that were paid. */
export function paidLessons({ bookings, tutors }: MarketplaceDemo): PaidLesson[] {
  const users = new Map(tutors.map(({ id, userId }) => [id, userId]));
  return bookings.flatMap((booking) => {
    const { id: bookingId, studentId, tutorId, currency, status, endsAt } = booking;
    const { paidAt, amountMinor, commissionPercent } = termsOf(booking);
    const tutorUserId = users.get(tutorId);
    if (!paidAt || !tutorUserId || amountMinor === 0) return [];
    const completedAt = status === 'COMPLETED' ? endsAt : null;
    const people = { studentId, tutorId, tutorUserId };
    return { bookingId, ...people, amountMinor, currency, commissionPercent, paidAt, completedAt };
  });
}
