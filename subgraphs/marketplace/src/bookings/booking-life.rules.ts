import { type PolicyRules, refundPercent } from '../policies/policy.rules.js';
import {
  type BookingActor,
  type BookingRoleName,
  type BookingSide,
  type BookingStatus,
  mayBookingBecome,
} from './booking.rules.js';
import { dueSteps, type Timed } from './booking-clock.rules.js';
import { judgeMove } from './booking-move.rules.js';

/** What can be done with a booking once its time is kept. */
export const bookingActions = [
  'BOOK',
  'PAY',
  'RESCHEDULE',
  'CANCEL',
  'COMPLETE',
  'REPORT_NO_SHOW',
  'DISPUTE_NO_SHOW',
  'RESOLVE_DISPUTE',
  'MARK_PAID',
] as const;
/** @see bookingActions */
export type BookingAction = (typeof bookingActions)[number];

/** Why an action is refused. */
export type ActionRefusal =
  | 'NOT_FOR_YOU'
  | 'WRONG_STATUS'
  | 'NOT_MOVABLE'
  | 'MOVE_TOO_LATE'
  | 'MOVED_LATE'
  | 'LESSON_BEGUN'
  | 'TOO_EARLY'
  | 'TOO_LATE'
  | 'ALREADY_DISPUTED';

/** What of a booking decides. */
export interface Standing extends Timed {
  paidAt?: Date | null | undefined;
  movedLateAt?: Date | null | undefined;
  completedBy?: BookingActor | null | undefined;
  absent?: BookingRoleName | null | undefined;
  disputedAt?: Date | null | undefined;
}

/** Everything else is for all sides. */
const onlyFor: Partial<Record<BookingAction, BookingSide>> = {
  BOOK: 'STUDENT',
  PAY: 'STUDENT',
  RESOLVE_DISPUTE: 'STAFF',
  MARK_PAID: 'STAFF',
};
const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** Where a booking stands by time, though no job may have moved it on yet. */
export function statusAt(booking: Timed, rules: PolicyRules, now: Date): BookingStatus {
  const outcomes = { EXPIRE: 'EXPIRED', START: 'IN_PROGRESS', COMPLETE: 'COMPLETED', REMIND: booking.status } as const;
  const last = dueSteps(booking, rules, now).at(-1);
  return last ? outcomes[last.kind] : booking.status;
}

/** Why somebody may not do something to a booking now; null when they may. */
export function refusalOf(
  action: BookingAction,
  booking: Standing,
  side: BookingSide,
  rules: PolicyRules,
  now: Date,
): ActionRefusal | null {
  if ((onlyFor[action] ?? side) !== side) return 'NOT_FOR_YOU';
  const status = statusAt(booking, rules, now);
  switch (action) {
    case 'BOOK':
      return status === 'HELD' ? null : 'WRONG_STATUS';
    case 'PAY':
      return status === 'PENDING_PAYMENT' ? null : 'WRONG_STATUS';
    case 'RESCHEDULE':
      return moveRefusal({ ...booking, status }, side, rules, now);
    case 'CANCEL':
      return cancelRefusal(booking, status, side);
    case 'COMPLETE':
      return afterTheEnd(booking, status, now);
    case 'REPORT_NO_SHOW':
      return reportRefusal(booking, status, side, rules, now);
    case 'DISPUTE_NO_SHOW':
      return disputeRefusal(booking, status, side, rules, now);
    case 'RESOLVE_DISPUTE':
      return status === 'DISPUTED' ? null : 'WRONG_STATUS';
    case 'MARK_PAID':
      if (status === 'EXPIRED' && booking.startsAt && booking.startsAt <= now) return 'LESSON_BEGUN';
      return status === 'PENDING_PAYMENT' || status === 'EXPIRED' ? null : 'WRONG_STATUS';
  }
}

/** Everything that somebody may do to a booking now. */
export function allowedActions(
  booking: Standing,
  side: BookingSide,
  rules: PolicyRules,
  now: Date,
): readonly BookingAction[] {
  return bookingActions.filter((action) => refusalOf(action, booking, side, rules, now) === null);
}

/** The share of what was paid that the student gets back if this side cancels now; null when nothing was paid. */
export function refundIfCancelled(
  { paidAt, startsAt }: Standing,
  side: BookingSide,
  rules: PolicyRules,
  now: Date,
): number | null {
  if (!paidAt) return null;
  return side === 'STUDENT' && startsAt ? refundPercent(rules, startsAt, now) : 100;
}

/** Until when whoever was reported absent may say otherwise. */
export function disputableUntil(endsAt: Date, { disputeHours }: PolicyRules): Date {
  return new Date(endsAt.getTime() + disputeHours * HOUR_MS);
}

function moveRefusal(booking: Standing, side: BookingSide, rules: PolicyRules, now: Date): ActionRefusal | null {
  const verdict = judgeMove(rules, booking, side, now);
  return verdict === 'FREE' || verdict === 'LATE' ? null : verdict;
}

function cancelRefusal(booking: Standing, status: BookingStatus, side: BookingSide): ActionRefusal | null {
  // A dispute ends by a decision only.
  if (status === 'DISPUTED' || !mayBookingBecome(status, 'CANCELLED')) return 'WRONG_STATUS';
  if (status === 'IN_PROGRESS' && side !== 'STAFF') return 'LESSON_BEGUN';
  return side === 'STUDENT' && booking.movedLateAt ? 'MOVED_LATE' : null;
}

function afterTheEnd({ endsAt }: Standing, status: BookingStatus, now: Date): ActionRefusal | null {
  if (status === 'CONFIRMED') return 'TOO_EARLY';
  if (status !== 'IN_PROGRESS') return 'WRONG_STATUS';
  return endsAt && endsAt <= now ? null : 'TOO_EARLY';
}

function reportRefusal(
  { startsAt, endsAt, completedBy }: Standing,
  status: BookingStatus,
  side: BookingSide,
  rules: PolicyRules,
  now: Date,
): ActionRefusal | null {
  if (status === 'CONFIRMED') return 'TOO_EARLY';
  // What only the tutor says does not bind the student before their time to speak is over.
  const isTutorsWord = status === 'COMPLETED' && completedBy === 'TUTOR';
  if (isTutorsWord && side === 'TUTOR') return 'WRONG_STATUS';
  if (status === 'COMPLETED' && !isTutorsWord) return completedBy === 'STUDENT' ? 'WRONG_STATUS' : 'TOO_LATE';
  if ((status !== 'IN_PROGRESS' && !isTutorsWord) || !startsAt || !endsAt) return 'WRONG_STATUS';
  if (now.getTime() < startsAt.getTime() + rules.noShowAfterMinutes * MINUTE_MS) return 'TOO_EARLY';
  return now.getTime() < endsAt.getTime() + rules.completedAfterHours * HOUR_MS ? null : 'TOO_LATE';
}

function disputeRefusal(
  { endsAt, absent, disputedAt }: Standing,
  status: BookingStatus,
  side: BookingSide,
  rules: PolicyRules,
  now: Date,
): ActionRefusal | null {
  if (status !== 'NO_SHOW' && status !== 'DISPUTED') return 'WRONG_STATUS';
  if (side !== absent) return 'NOT_FOR_YOU';
  if (disputedAt) return 'ALREADY_DISPUTED';
  return endsAt && now <= disputableUntil(endsAt, rules) ? null : 'TOO_LATE';
}
