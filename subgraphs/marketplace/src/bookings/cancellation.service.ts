import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import { policyOf } from '../policies/policy.repository.js';
import type { PolicyRules } from '../policies/policy.rules.js';
import { Booking } from './booking.entity.js';
import type { BookingErrorCode } from './booking.payloads.js';
import type { BookingSide } from './booking.rules.js';
import { catchUp } from './booking-clock.js';
import { approach, sideOfViewer } from './booking-desk.js';
import { bookingCancellation, seriesCancellation } from './booking-life.inputs.js';
import { refundIfCancelled, refusalOf } from './booking-life.rules.js';
import { lockAllWithCalendars } from './booking-lock.js';
import { cancelBooking } from './booking-moves.js';

/** What became of a series. */
export interface CancelledSeries {
  cancelled: readonly Booking[];
  /** Lessons to come that cannot be cancelled. */
  kept: readonly Booking[];
}

/** Who cancels, and why. */
interface Cancellation {
  side: BookingSide;
  reason: string | null;
}

const BY_TIME = { orderBy: { startsAt: 'asc', id: 'asc' } } as const;

/** Bookings that are called off. */
export class CancellationService {
  /**
   * Cancels a booking by its own rules: what a student gets back depends on how early it is; a tutor or staff gives
   * everything back.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, WRONG_STATUS, LESSON_BEGUN, MOVED_LATE, IDEMPOTENCY_KEY_REUSED
   */
  async cancel(context: RequestContext, input: unknown): Promise<Booking> {
    const { idempotencyKey: key, ...asked } = accept(bookingCancellation, input, context.locale);
    const side = await sideOfViewer(context, asked.bookingId);
    const call = { viewerId: context.user.userId, mutation: 'cancelBooking', key, input: asked };
    return transaction(context.em, (tx) =>
      once<Booking, { id: string }>(tx, call, {
        work: async () => {
          const now = new Date();
          const { booking, rules } = await approach(tx, asked.bookingId, 'CANCEL', side, now);
          callOff(context, tx, booking, rules, { side, reason: asked.reason ?? null }, now);
          return booking;
        },
        reference: ({ id }) => ({ id }),
        recall: ({ id }) => tx.findOneOrFail(Booking, { id }),
      }),
    );
  }

  /**
   * Cancels all lessons of a series that are still to come, each by its own rules; those that cannot be cancelled stay.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, NOT_FOR_YOU, IDEMPOTENCY_KEY_REUSED; MOVED_LATE or WRONG_STATUS when none
   * can be cancelled
   */
  async cancelSeries(context: RequestContext, input: unknown): Promise<CancelledSeries> {
    const { idempotencyKey: key, ...asked } = accept(seriesCancellation, input, context.locale);
    const one = await context.em.findOne(Booking, { seriesId: asked.seriesId }, { fields: ['id'] });
    const side = await sideOfViewer(context, one?.id ?? '', ['input', 'seriesId']);
    const call = { viewerId: context.user.userId, mutation: 'cancelSeries', key, input: asked };
    return transaction(context.em, (tx) =>
      once<CancelledSeries, { cancelled: string[]; kept: string[] }>(tx, call, {
        work: () => callOffSeries(context, tx, asked.seriesId, { side, reason: asked.reason ?? null }, new Date()),
        reference: ({ cancelled, kept }) => ({ cancelled: idsOf(cancelled), kept: idsOf(kept) }),
        recall: async ({ cancelled, kept }) => ({
          cancelled: await tx.find(Booking, { id: { $in: cancelled } }, BY_TIME),
          kept: await tx.find(Booking, { id: { $in: kept } }, BY_TIME),
        }),
      }),
    );
  }
}

async function callOffSeries(
  context: RequestContext,
  tx: EntityManager,
  seriesId: string,
  cancellation: Cancellation,
  now: Date,
): Promise<CancelledSeries> {
  const { bookings } = await lockAllWithCalendars(tx, { seriesId });
  const cancelled: Booking[] = [];
  const kept: Booking[] = [];
  let refusal: BookingErrorCode = 'WRONG_STATUS';
  for (const booking of bookings.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    if (timeOf(booking) <= now.getTime()) continue;
    const { rules } = await policyOf(tx, booking);
    const refused = refusalOf('CANCEL', booking, cancellation.side, rules, now);
    if (refused === 'WRONG_STATUS') continue;
    if (refused) {
      refusal = refused;
      kept.push(booking);
      continue;
    }
    await catchUp(tx, booking, now);
    callOff(context, tx, booking, rules, cancellation, now);
    cancelled.push(booking);
  }
  if (cancelled.length === 0) throw new Refusal<BookingErrorCode>(refusal);
  return { cancelled, kept };
}

function callOff(
  context: RequestContext,
  tx: EntityManager,
  booking: Booking,
  rules: PolicyRules,
  { side, reason }: Cancellation,
  now: Date,
): void {
  cancelBooking(tx, booking, { by: side, reason, refundPercent: refundIfCancelled(booking, side, rules, now) }, now);
  if (side !== 'STAFF') return;
  const { id: resourceId, studentId: userId } = booking;
  recordStaffAction(tx, context, { action: 'marketplace.booking.cancel', resource: 'Booking', resourceId, userId });
}

function timeOf({ startsAt }: Booking): number {
  return startsAt?.getTime() ?? 0;
}

function idsOf(bookings: readonly Booking[]): string[] {
  return bookings.map(({ id }) => id);
}
