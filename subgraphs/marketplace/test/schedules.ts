import { newId } from '@tutorgraph/kit/database/id';
import { FIRST_POLICY_ID } from '../src/policies/policy.rules.js';
import type { Market, TestTutor } from './market.js';

/** A schedule that is in order: Monday to Friday, nine to five, by the clock of Berlin. */
export const SCHEDULE = {
  timeZone: 'Europe/Berlin',
  weeklyWindows: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'].map((weekday) => {
    return { weekday, startsAtMinute: 540, endsAtMinute: 1_020 };
  }),
  minimumNoticeMinutes: 0,
  bookingWindowDays: 365,
  slotStepMinutes: 60,
};

/** The day, `YYYY-MM-DD`, so many days from today in UTC. */
export function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The next Monday that is at least a week ahead. */
export function monday(): string {
  const ahead = Array.from({ length: 7 }, (_, index) => dateIn(7 + index));
  return ahead.find((date) => new Date(date).getUTCDay() === 1) ?? dateIn(7);
}

/** A booking at a time, of whoever and whatever. */
export async function addBooking(
  market: Market,
  tutor: TestTutor,
  startsAt: string,
  change: { status?: string; minutes?: number; studentId?: string; expiresAt?: Date } = {},
): Promise<string> {
  const { status = 'CONFIRMED', minutes = 60, studentId = newId(), expiresAt } = change;
  const [id, subjectId] = [newId(), await market.subject()];
  await market.sql(
    `insert into marketplace.bookings (id, tutor_id, student_id, subject_id, price_minor, currency, policy_id,
       commission_percent, status, starts_at, ends_at, expires_at, cancelled_at, created_at, updated_at)
     values (?, ?, ?, ?, 1000, 'EUR', ?, 33, ?, ?, ?::timestamptz + ? * interval '1 minute', ?, ?, now(), now())`,
    [
      ...[id, tutor.tutorId, studentId, subjectId, FIRST_POLICY_ID, status, startsAt, startsAt, minutes],
      expiresAt ?? null,
      status === 'CANCELLED' ? new Date() : null,
    ],
  );
  return id;
}
