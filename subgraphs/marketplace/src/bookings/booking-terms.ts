import type { EntityManager } from '@mikro-orm/postgresql';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Policy } from '../policies/policy.entity.js';
import { currentPolicy, policyOf } from '../policies/policy.repository.js';
import { commissionPercent, type PolicyRules } from '../policies/policy.rules.js';
import { type HourlyRate, rateFor } from '../rates/rate.repository.js';
import { findSubject } from '../subjects/subject.repository.js';
import { holdTutor } from '../tutors/tutor.repository.js';
import type { Booking } from './booking.entity.js';
import type { SlotWish } from './booking.inputs.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { countTriedTutors, taughtMinutes } from './booking.repository.js';
import { lockWithCalendars } from './booking-lock.js';
import { bookingAmount } from './booking-prices.js';

/** Under what a lesson is booked. */
export interface BookingTerms {
  /** The agreed booking that gets its time; null when a new one is made. */
  agreed: Booking | null;
  rate: HourlyRate;
  policy: Policy;
  amountMinor: number;
  commissionPercent: number;
}

/**
 * Finds out under what a lesson can be booked: an agreed booking keeps its price and policy, everything else has the
 * agreed or offered rate and the policy of today. The calendars of both are locked.
 *
 * @throws Refusal NOT_FOUND, TUTOR_HIDDEN, SUBJECT_ARCHIVED, NOT_OFFERED, INVALID_INPUT, TRIAL_TAKEN, TOO_MANY_TRIALS
 */
export async function termsOf(tx: EntityManager, wish: SlotWish, studentId: string): Promise<BookingTerms> {
  const { tutorId, subjectId, kind, durationMinutes } = wish;
  const tutor = await holdTutor(tx, tutorId);
  if (tutor.hiddenAt) throw new Refusal<BookingErrorCode>('TUTOR_HIDDEN', ['input', 'slot', 'tutorId']);
  const subject = await findSubject(tx, subjectId);
  if (!subject) throw new Refusal<BookingErrorCode>('NOT_FOUND', ['input', 'slot', 'subjectId']);
  if (subject.archivedAt) throw new Refusal<BookingErrorCode>('SUBJECT_ARCHIVED', ['input', 'slot', 'subjectId']);
  const agreed = wish.bookingId ? await agreedBooking(tx, wish, studentId, wish.bookingId) : null;
  const policy = agreed ? await policyOf(tx, agreed) : await currentPolicy(tx);
  if (kind === 'TRIAL') await checkTrial(tx, wish, studentId, policy.rules);
  const rate = agreed ? agreedRate(agreed) : await rateFor(tx, { tutorId, studentId, subjectId });
  if (!rate) throw new Refusal<BookingErrorCode>('NOT_OFFERED', ['input', 'slot', 'subjectId']);
  const taught = await taughtMinutes(tx, tutorId);
  return {
    agreed,
    rate,
    policy,
    amountMinor: bookingAmount(policy.rules, kind, rate.rateMinor, durationMinutes),
    commissionPercent: commissionPercent(policy.rules, kind, taught),
  };
}

function agreedRate({ priceMinor, currency }: Booking): HourlyRate {
  return { rateMinor: priceMinor, currency };
}

async function agreedBooking(
  tx: EntityManager,
  { tutorId, subjectId }: SlotWish,
  studentId: string,
  id: string,
): Promise<Booking> {
  const { booking = null } = (await lockWithCalendars(tx, id)) ?? {};
  const isTheirs = booking?.studentId === studentId && booking.tutorId === tutorId && booking.subjectId === subjectId;
  if (booking && isTheirs && booking.status === 'UNSCHEDULED') return booking;
  throw new Refusal<BookingErrorCode>('NOT_FOUND', ['input', 'slot', 'bookingId']);
}

/** The database allows one trial with each tutor in any case. */
async function checkTrial(
  tx: EntityManager,
  { tutorId, durationMinutes }: SlotWish,
  studentId: string,
  { trial }: PolicyRules,
): Promise<void> {
  if (durationMinutes !== trial.minutes) {
    throw new Refusal<BookingErrorCode>([
      { code: 'TRIAL_MINUTES', field: ['input', 'slot', 'durationMinutes'], values: { minutes: trial.minutes } },
    ]);
  }
  const tried = await countTriedTutors(tx, studentId, tutorId);
  if (tried.isTutorTried) throw new Refusal<BookingErrorCode>('TRIAL_TAKEN');
  if (tried.others >= trial.mostTutors) {
    throw new Refusal<BookingErrorCode>([{ code: 'TOO_MANY_TRIALS', values: { most: trial.mostTutors } }]);
  }
}
