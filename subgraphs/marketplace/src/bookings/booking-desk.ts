import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { policyOf } from '../policies/policy.repository.js';
import type { PolicyRules } from '../policies/policy.rules.js';
import { maySeeBooking, sideIn } from './booking.access.js';
import type { Booking } from './booking.entity.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { bookingsById } from './booking.repository.js';
import type { BookingSide } from './booking.rules.js';
import { catchUp } from './booking-clock.js';
import { type BookingAction, refusalOf } from './booking-life.rules.js';
import { lockWithCalendars } from './booking-lock.js';

/** A booking upon which somebody may act now. */
export interface Approached {
  /** Locked, and where it stands by time. */
  booking: Booking;
  /** Accounts of its two people, whose calendars are locked. */
  people: readonly string[];
  rules: PolicyRules;
}

const FIELD = ['input', 'bookingId'];

/**
 * From which side the viewer acts upon a booking; before the transaction, since that never changes.
 *
 * @throws Refusal NOT_FOUND, NOT_FOR_YOU
 */
export async function sideOfViewer(
  context: RequestContext,
  bookingId: string,
  field: readonly string[] = FIELD,
): Promise<BookingSide> {
  const booking = await context.loader(bookingsById).load(bookingId);
  const side = booking && (await sideIn(context, booking));
  if (side) return side;
  const visible = booking && (await maySeeBooking(context, booking));
  throw new Refusal<BookingErrorCode>(visible ? 'NOT_FOR_YOU' : 'NOT_FOUND', field);
}

/**
 * Locks a booking, brings it to where it stands by time, and makes sure that this may be done to it now.
 *
 * @throws Refusal NOT_FOUND and what `refusalOf` says
 */
export async function approach(
  tx: EntityManager,
  bookingId: string,
  action: BookingAction,
  side: BookingSide,
  now: Date,
): Promise<Approached> {
  const locked = await lockWithCalendars(tx, bookingId);
  if (!locked) throw new Refusal<BookingErrorCode>('NOT_FOUND', FIELD);
  const { booking, people } = locked;
  const { rules } = await policyOf(tx, booking);
  const refusal = refusalOf(action, booking, side, rules, now);
  if (refusal) throw new Refusal<BookingErrorCode>(refusal);
  await catchUp(tx, booking, now);
  return { booking, people, rules };
}
