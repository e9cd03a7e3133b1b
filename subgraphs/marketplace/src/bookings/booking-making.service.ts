import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { type IdempotentCall, once } from '@tutorgraph/kit/idempotency/idempotency';
import { bookingHeld } from '../events.js';
import { policyOf } from '../policies/policy.repository.js';
import { Booking } from './booking.entity.js';
import { holdReference, newBooking, newHold, type SlotWish } from './booking.inputs.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { countHolds } from './booking.repository.js';
import { MOST_HOLDS } from './booking.rules.js';
import { aboutBooking, moveBooking } from './booking.transitions.js';
import type { BookingClock } from './booking-clock.js';
import { expiryOf } from './booking-clock.rules.js';
import { expireBooking } from './booking-expiry.js';
import { lockWithCalendars } from './booking-lock.js';
import { limitRepeatedHolds, limitUnpaid, minutesAfter, placeBooking, settleBooking } from './booking-placing.js';
import { termsOf } from './booking-terms.js';
import type { SlotDesk, Taking } from './slot-desk.js';

/** Holding slots and booking them. */
export class BookingMakingService {
  constructor(
    private readonly desk: SlotDesk,
    private readonly clock: BookingClock,
  ) {}

  /**
   * Holds a slot for some minutes.
   *
   * @throws Refusal what {@link SlotDesk.take} and {@link termsOf} refuse, TOO_MANY_HOLDS, HOLD_COOLDOWN, IDEMPOTENCY_KEY_REUSED
   */
  hold(context: RequestContext, input: unknown): Promise<Booking> {
    const { slot, timeZone, idempotencyKey: key } = accept(newHold, input, context.locale);
    const { userId: studentId } = context.user;
    const call = { viewerId: studentId, mutation: 'holdSlot', key, input: slot };
    return this.take(context, call, { slot, timeZone }, async (tx, now) => {
      if ((await countHolds(tx, studentId, now)) >= MOST_HOLDS) {
        throw new Refusal<BookingErrorCode>([{ code: 'TOO_MANY_HOLDS', values: { most: MOST_HOLDS } }]);
      }
      const terms = await termsOf(tx, slot, studentId);
      const { holdMinutes } = terms.policy.rules;
      await limitRepeatedHolds(tx, slot, studentId, holdMinutes, now);
      const booking = placeBooking(tx, slot, studentId, terms, now);
      moveBooking(booking, 'HELD', now, minutesAfter(now, holdMinutes));
      recordEvent(tx, bookingHeld.create(aboutBooking(booking)));
      await this.clock.schedule(tx, booking, now);
      return booking;
    });
  }

  /**
   * Gives a held slot back.
   *
   * @throws Refusal NOT_FOUND, NOT_HELD, IDEMPOTENCY_KEY_REUSED
   */
  release(context: RequestContext, input: unknown): Promise<Booking> {
    const { bookingId, idempotencyKey: key } = accept(holdReference, input, context.locale);
    const call = { viewerId: context.user.userId, mutation: 'releaseSlot', key, input: { bookingId } };
    return withHold(context, call, bookingId, async (tx, booking, now) => {
      if (booking.status !== 'HELD') throw new Refusal<BookingErrorCode>('NOT_HELD');
      expireBooking(tx, booking, now);
    });
  }

  /**
   * Books a slot that is held, or one at once: it waits for its payment, unless it costs nothing.
   *
   * @throws Refusal for a hold NOT_FOUND, NOT_HELD, HOLD_EXPIRED; TOO_MANY_UNPAID; for a slot what {@link SlotDesk.take} and {@link termsOf}
   * refuse; IDEMPOTENCY_KEY_REUSED
   */
  create(context: RequestContext, input: unknown): Promise<Booking> {
    const wish = accept(newBooking, input, context.locale);
    const { slot, holdId, packageId = null, timeZone, idempotencyKey: key } = wish;
    const { userId: studentId } = context.user;
    const call = { viewerId: studentId, mutation: 'createBooking', key, input: { slot, holdId, packageId } };
    if (!slot) return this.createFromHold(context, call, holdId ?? '', packageId);
    return this.take(context, call, { slot, timeZone }, async (tx, now) => {
      const terms = await termsOf(tx, slot, studentId);
      await limitUnpaid(tx, { studentId, amountMinor: terms.amountMinor }, 1, now);
      const booking = placeBooking(tx, slot, studentId, terms, now);
      await settleBooking(tx, booking, terms.policy.rules, packageId, now);
      await this.clock.schedule(tx, booking, now);
      return booking;
    });
  }

  private createFromHold(
    context: RequestContext,
    call: IdempotentCall,
    holdId: string,
    packageId: string | null,
  ): Promise<Booking> {
    return withHold(context, call, holdId, async (tx, booking, now) => {
      if (booking.status === 'EXPIRED') throw new Refusal<BookingErrorCode>('HOLD_EXPIRED');
      const expiry = expiryOf(booking);
      if (booking.status !== 'HELD' || !expiry) throw new Refusal<BookingErrorCode>('NOT_HELD');
      if (expiry <= now) throw new Refusal<BookingErrorCode>('HOLD_EXPIRED');
      if (booking.kind === 'TRIAL' && packageId) {
        throw new Refusal<BookingErrorCode>('INVALID_INPUT', ['input', 'packageId']);
      }
      await limitUnpaid(tx, booking, 1, now);
      const { rules } = await policyOf(tx, booking);
      await settleBooking(tx, booking, rules, packageId, now);
      await this.clock.schedule(tx, booking, now);
    });
  }

  private take(
    context: RequestContext,
    call: IdempotentCall,
    { slot, timeZone }: { slot: SlotWish; timeZone: string },
    work: Taking<Booking, { bookingId: string }>['work'],
  ): Promise<Booking> {
    const { tutorId, startsAt, durationMinutes } = slot;
    const spans = [{ startsAt, endsAt: minutesAfter(startsAt, durationMinutes) }];
    return this.desk.take(
      context,
      call,
      { tutorId, studentId: call.viewerId, spans, timeZone },
      {
        work,
        reference: ({ id }) => ({ bookingId: id }),
        recall: (tx, { bookingId }) => tx.findOneOrFail(Booking, { id: bookingId }),
      },
    );
  }
}

/** Does something to a hold of the viewer's own, with both calendars locked. */
function withHold(
  context: RequestContext,
  call: IdempotentCall,
  bookingId: string,
  work: (tx: EntityManager, booking: Booking, now: Date) => Promise<void>,
): Promise<Booking> {
  return transaction(context.em, (tx) =>
    once(tx, call, {
      reference: ({ id }) => ({ bookingId: id }),
      recall: (known) => tx.findOneOrFail(Booking, { id: known.bookingId }),
      work: async () => {
        const locked = await lockWithCalendars(tx, bookingId);
        if (locked?.booking.studentId !== context.user.userId) throw new Refusal<BookingErrorCode>('NOT_FOUND');
        await work(tx, locked.booking, new Date());
        return locked.booking;
      },
    }),
  );
}
