import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { isRepeated } from '@tutorgraph/kit/idempotency/idempotency';
import { bookingRescheduled } from '../events.js';
import { policyOf } from '../policies/policy.repository.js';
import type { PolicyRules } from '../policies/policy.rules.js';
import { Booking } from './booking.entity.js';
import { move } from './booking.inputs.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { findBooking } from './booking.repository.js';
import type { BookingSide } from './booking.rules.js';
import { aboutBooking } from './booking.transitions.js';
import type { BookingClock } from './booking-clock.js';
import { sideOfViewer } from './booking-desk.js';
import { lockWithCalendars } from './booking-lock.js';
import { isTooSoon, judgeMove, type MovedBooking } from './booking-move.rules.js';
import type { SlotDesk } from './slot-desk.js';

/** For the audit log. */
const MOVED = {
  action: 'marketplace.booking.reschedule',
  resource: 'Booking',
  fields: ['startsAt', 'endsAt'],
} as const;

/** Moving bookings to another time. */
export class BookingMoveService {
  constructor(
    private readonly desk: SlotDesk,
    private readonly clock: BookingClock,
  ) {}

  /**
   * Moves a booking of unchanged length. For staff it matters only that both are free then; for the two people everything
   * that the tutor's schedule says.
   *
   * @throws Refusal NOT_FOUND, NOT_FOR_YOU, NOT_MOVABLE, MOVE_TOO_LATE, what {@link SlotDesk.take} refuses,
   * IDEMPOTENCY_KEY_REUSED
   */
  async reschedule(context: RequestContext, input: unknown): Promise<Booking> {
    const { idempotencyKey: key, bookingId, startsAt, timeZone } = accept(move, input, context.locale);
    const mover = await sideOfViewer(context, bookingId);
    const found = await findBooking(context.em, bookingId);
    if (!found?.startsAt || !found.endsAt) throw new Refusal<BookingErrorCode>('NOT_MOVABLE');
    const lengthMs = found.endsAt.getTime() - found.startsAt.getTime();
    const span = { startsAt, endsAt: new Date(startsAt.getTime() + lengthMs) };
    const { tutorId, studentId, id: movedId } = found;
    const call = { viewerId: context.user.userId, mutation: 'rescheduleBooking', key, input: { bookingId, startsAt } };
    // Before anybody's calendar is asked: whoever may not move the booking learns nothing of when the other one is busy.
    if (!(await isRepeated(context.em, call))) {
      refuseMove((await policyOf(context.em, found)).rules, found, { mover, startsAt }, new Date());
    }
    return this.desk.take<Booking, { bookingId: string }>(
      context,
      call,
      { tutorId, studentId, spans: [span], timeZone, movedId, isFreedomEnough: mover === 'STAFF' },
      {
        work: async (tx, now) => {
          const booking = await moveTo(tx, movedId, span, mover, now);
          if (mover === 'STAFF') recordStaffAction(tx, context, { ...MOVED, resourceId: movedId, userId: studentId });
          await this.clock.schedule(tx, booking, now);
          return booking;
        },
        reference: ({ id }) => ({ bookingId: id }),
        recall: (tx, known) => tx.findOneOrFail(Booking, { id: known.bookingId }),
      },
    );
  }
}

async function moveTo(
  tx: EntityManager,
  id: string,
  span: { startsAt: Date; endsAt: Date },
  mover: BookingSide,
  now: Date,
): Promise<Booking> {
  const { booking = null } = (await lockWithCalendars(tx, id)) ?? {};
  if (!booking) throw new Refusal<BookingErrorCode>('NOT_FOUND', ['input', 'bookingId']);
  const { rules } = await policyOf(tx, booking);
  const verdict = refuseMove(rules, booking, { mover, startsAt: span.startsAt }, now);
  if (booking.startsAt?.getTime() === span.startsAt.getTime()) return booking;
  Object.assign(booking, span, { sequence: booking.sequence + 1, updatedAt: now });
  if (verdict === 'LATE') booking.movedLateAt = now;
  // It lies now where the student has not put it.
  else if (mover === 'TUTOR') booking.movedLateAt = null;
  recordEvent(tx, bookingRescheduled.create(aboutBooking(booking)));
  return booking;
}

/** @throws Refusal NOT_MOVABLE, MOVE_TOO_LATE, TOO_SOON */
function refuseMove(
  rules: PolicyRules,
  booking: MovedBooking,
  { mover, startsAt }: { mover: BookingSide; startsAt: Date },
  now: Date,
): 'FREE' | 'LATE' {
  const verdict = judgeMove(rules, booking, mover, now);
  if (verdict === 'NOT_MOVABLE' || verdict === 'MOVE_TOO_LATE') throw new Refusal<BookingErrorCode>(verdict);
  if (isTooSoon(rules, mover, startsAt, now)) throw new Refusal<BookingErrorCode>('TOO_SOON', ['input', 'startsAt']);
  return verdict;
}
