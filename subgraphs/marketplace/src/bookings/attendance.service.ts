import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Booking } from './booking.entity.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { findDisputed } from './booking.repository.js';
import type { BookingRoleName, BookingSide } from './booking.rules.js';
import { type Approached, approach, sideOfViewer } from './booking-desk.js';
import {
  absence,
  bookingReference,
  type DisputeOutcome,
  disputeDecision,
  disputeOfAbsence,
} from './booking-life.inputs.js';
import { type BookingAction, disputableUntil } from './booking-life.rules.js';
import { cancelBooking, completeBooking, disputeAbsence, settleAbsence } from './booking-moves.js';

/** What somebody does to a booking that they may act upon. */
type Deed = (approached: Approached, tx: EntityManager, now: Date) => void;

/** Whether lessons took place, and who was there. */
export class AttendanceService {
  /** @throws Refusal NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, TOO_EARLY */
  async complete(context: RequestContext, input: unknown): Promise<Booking> {
    const { bookingId } = accept(bookingReference, input, context.locale);
    const side = await sideOfViewer(context, bookingId);
    return act(context, bookingId, 'COMPLETE', side, ({ booking }, tx, now) => {
      completeBooking(tx, booking, side, now);
      if (side === 'STAFF') record(context, tx, booking, 'complete');
    });
  }

  /**
   * Reports who was not there: of the two people each the other one, staff whomever it names.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, TOO_EARLY, TOO_LATE
   */
  async reportNoShow(context: RequestContext, input: unknown): Promise<Booking> {
    const { bookingId, absent: named } = accept(absence, input, context.locale);
    const side = await sideOfViewer(context, bookingId);
    const absent = absentee(side, named ?? null, context);
    return act(context, bookingId, 'REPORT_NO_SHOW', side, ({ booking, rules }, tx, now) => {
      // The tutor's own word is what may be wrong then.
      if (booking.status === 'COMPLETED' && absent === 'STUDENT') throw new Refusal<BookingErrorCode>('WRONG_STATUS');
      const until = booking.endsAt && disputableUntil(booking.endsAt, rules);
      settleAbsence(tx, booking, { absent, disputableUntil: until ?? null }, now);
      if (side === 'STAFF') record(context, tx, booking, 'report-no-show', ['absent']);
    });
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, ALREADY_DISPUTED, TOO_LATE */
  async dispute(context: RequestContext, input: unknown): Promise<Booking> {
    const { bookingId, statement } = accept(disputeOfAbsence, input, context.locale);
    const side = await sideOfViewer(context, bookingId);
    return act(context, bookingId, 'DISPUTE_NO_SHOW', side, ({ booking }, tx, now) => {
      disputeAbsence(tx, booking, statement, now);
    });
  }

  /** A page of the disputes that wait for staff, those that wait longest first. */
  disputed(context: RequestContext, page: PageRequest): Promise<Connection<Booking>> {
    return findDisputed(context.em, page);
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS */
  async resolve(context: RequestContext, input: unknown): Promise<Booking> {
    const { bookingId, outcome, note } = accept(disputeDecision, input, context.locale);
    const side = await sideOfViewer(context, bookingId);
    return act(context, bookingId, 'RESOLVE_DISPUTE', side, ({ booking }, tx, now) => {
      Object.assign(booking, {
        disputeResolvedAt: now,
        disputeResolvedBy: context.user.userId,
        disputeNote: note ?? null,
      });
      settle(tx, booking, outcome, now);
      record(context, tx, booking, 'resolve-dispute', ['status', 'disputeNote']);
    });
  }
}

async function act(
  context: RequestContext,
  bookingId: string,
  action: BookingAction,
  side: BookingSide,
  deed: Deed,
): Promise<Booking> {
  return transaction(context.em, async (tx) => {
    const now = new Date();
    const approached = await approach(tx, bookingId, action, side, now);
    deed(approached, tx, now);
    return approached.booking;
  });
}

/** Whom somebody may call absent. */
function absentee(side: BookingSide, named: BookingRoleName | null, context: RequestContext): BookingRoleName {
  const other = { STUDENT: 'TUTOR', TUTOR: 'STUDENT', STAFF: named } as const;
  const absent = other[side];
  if (absent && (!named || named === absent)) return absent;
  if (named) throw new Refusal<BookingErrorCode>('NOT_FOR_YOU', ['input', 'absent']);
  throw new Refusal([{ code: 'INVALID_INPUT', field: ['input', 'absent'], message: context.text('ABSENT_REQUIRED') }]);
}

function settle(tx: EntityManager, booking: Booking, outcome: DisputeOutcome, now: Date): void {
  switch (outcome) {
    case 'TOOK_PLACE':
      completeBooking(tx, booking, 'STAFF', now);
      break;
    case 'NO_SHOW_STANDS':
      settleAbsence(tx, booking, { absent: booking.absent ?? 'STUDENT', disputableUntil: null }, now);
      break;
    case 'REFUND':
      cancelBooking(tx, booking, { by: 'STAFF', reason: null, refundPercent: 100 }, now);
  }
}

function record(
  context: RequestContext,
  tx: EntityManager,
  { id: resourceId, studentId: userId }: Booking,
  verb: string,
  fields: readonly string[] = ['status'],
): void {
  recordStaffAction(tx, context, {
    action: `marketplace.booking.${verb}`,
    resource: 'Booking',
    resourceId,
    userId,
    fields,
  });
}
