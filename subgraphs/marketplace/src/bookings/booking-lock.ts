import { type FilterQuery, LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { Booking } from './booking.entity.js';

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, orderBy: { id: 'asc' } } as const;

/** A booking, and whose calendars it is in. */
export interface LockedBookings {
  bookings: readonly Booking[];
  /** Accounts of all students and tutors. */
  people: readonly string[];
}

/** Locks a booking until the transaction ends, after the calendars of its two people. */
export async function lockWithCalendars(
  tx: EntityManager,
  id: string,
): Promise<{ booking: Booking; people: readonly string[] } | null> {
  if (!isId(id)) return null;
  const { bookings, people } = await lockAllWithCalendars(tx, { id });
  return bookings[0] ? { booking: bookings[0], people } : null;
}

/**
 * Locks bookings until the transaction ends, in the order of their ids, after the calendars of all their people. Those that
 * fulfil the condition only since the calendars were looked for are among them.
 *
 * @param alsoOf whose calendars are to be locked besides
 */
export async function lockAllWithCalendars(
  tx: EntityManager,
  which: FilterQuery<Booking>,
  alsoOf: readonly string[] = [],
): Promise<LockedBookings> {
  const found = await tx.find(Booking, which, { fields: ['id', 'studentId', 'tutorId'], disableIdentityMap: true });
  const tutorIds = [...new Set(found.map(({ tutorId }) => tutorId))];
  const tutors = await tx.find(Tutor, { id: { $in: tutorIds } }, { fields: ['userId'], disableIdentityMap: true });
  const students = found.map(({ studentId }) => studentId);
  const people = [...new Set([...alsoOf, ...students, ...tutors.map(({ userId }) => userId)])];
  if (people.length > 0) await lockCalendars(tx, people);
  return { bookings: await tx.find(Booking, which, LOCKED), people };
}
