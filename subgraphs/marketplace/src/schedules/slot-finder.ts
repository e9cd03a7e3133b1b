import type { EntityManager } from '@mikro-orm/postgresql';
import { type BusySearch, findBusyTimes, type UnreadableCalendar } from './busy.repository.js';
import { findSchedule, type StoredSchedule } from './schedule.repository.js';
import { bookableSpan, freeSlots, judgeSlot, LIMITS_REACH_MS, type SlotVerdict, type Span } from './slots.rules.js';
import { DAY_MS, MINUTE_MS } from './zone-clock.js';

/** From one moment to before another. */
export interface TimeSpan {
  startsAt: Date;
  endsAt: Date;
}

/** For whom a slot is sought. */
interface Seeker {
  tutorId: string;
  now: Date;
  /** Whose own busy times keep slots out as well. */
  studentId?: string | undefined;
  /** Bookings that do not count, because they are to be moved. */
  ignoreBookingIds?: readonly string[] | undefined;
}

/** Slots that begin from `from` to before `to`. */
export interface SlotSearch extends Seeker {
  from: Date;
  to: Date;
  durationMinutes: number;
  /** How many slots at most. @default all */
  most?: number | undefined;
}

/** One time for a lesson. */
export interface SlotQuestion extends Seeker, TimeSpan {}

/** Slots that are free, and whose calendars could not be looked into. */
export interface FoundSlots {
  slots: TimeSpan[];
  unreadable: UnreadableCalendar[];
}

/** How far around a lost slot others are sought: farther only when there are too few nearby. */
const NEAR = { before: DAY_MS, after: DAY_MS };
const FARTHER = { before: 7 * DAY_MS, after: 14 * DAY_MS };
/** Calendars go no farther ahead; a day more for the zones. */
const FARTHEST_MS = 367 * DAY_MS;

/**
 * Free slots of a tutor, in their order; none without a schedule. Inside a transaction it sees what that has done; who
 * wants to rely on the answer has locked the calendars before.
 */
export async function findSlots(em: EntityManager, search: SlotSearch): Promise<FoundSlots> {
  const { tutorId, now, durationMinutes, most } = search;
  const from = new Date(Math.max(search.from.getTime(), now.getTime()));
  const to = new Date(Math.min(search.to.getTime(), now.getTime() + FARTHEST_MS));
  const schedule = from < to && (await findSchedule(em, tutorId, { from, to }));
  if (!schedule) return { slots: [], unreadable: [] };
  const bookable = bookableSpan(schedule, now.getTime());
  const range = { start: Math.max(from.getTime(), bookable.start), end: Math.min(to.getTime(), bookable.end) };
  const reach = { start: range.start, end: range.end + durationMinutes * MINUTE_MS };
  const busy = await findBusyTimes(em, busySearch(schedule, search, reach));
  const slots = freeSlots(schedule, busy, {
    from: range.start,
    until: range.end,
    minutes: durationMinutes,
    now: now.getTime(),
    ...(most !== undefined && { most }),
  });
  return { slots: slots.map(timeSpan), unreadable: busy.unreadable };
}

/** Can a lesson take place then? FREE if and only if `findSlots` would find it. */
export async function checkSlot(em: EntityManager, question: SlotQuestion): Promise<SlotVerdict> {
  const { tutorId, startsAt, endsAt, now } = question;
  const schedule = await findSchedule(em, tutorId, { from: startsAt, to: endsAt });
  if (!schedule) return 'OUTSIDE_AVAILABILITY';
  const slot = { start: startsAt.getTime(), end: endsAt.getTime() };
  const busy = await findBusyTimes(em, busySearch(schedule, question, slot));
  return judgeSlot(schedule, busy, slot, now.getTime());
}

/** The free slots that begin nearest to a time that was lost, as long as it was, in their order. */
export async function nearestSlots(em: EntityManager, question: SlotQuestion, most = 5): Promise<TimeSpan[]> {
  const nearby = await slotsAround(em, question, NEAR);
  const slots = nearby.length < most ? await slotsAround(em, question, FARTHER) : nearby;
  return nearestOf(slots, question.startsAt, most);
}

/** Those of some slots that begin nearest to a time, in their order. */
export function nearestOf(slots: readonly TimeSpan[], wanted: Date, most: number): TimeSpan[] {
  const away = (slot: TimeSpan): number => Math.abs(slot.startsAt.getTime() - wanted.getTime());
  const nearest = slots.toSorted((one, other) => away(one) - away(other)).slice(0, most);
  return nearest.sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

async function slotsAround(em: EntityManager, question: SlotQuestion, reach: typeof NEAR): Promise<TimeSpan[]> {
  const { startsAt, endsAt, ...seeker } = question;
  const wanted = startsAt.getTime();
  const { slots } = await findSlots(em, {
    ...seeker,
    from: new Date(wanted - reach.before),
    to: new Date(wanted + reach.after),
    durationMinutes: Math.round((endsAt.getTime() - wanted) / MINUTE_MS),
  });
  return slots;
}

/** What may keep a lesson from lying in a span: what is near enough for buffers and, if there are any, for limits. */
function busySearch(schedule: StoredSchedule, seeker: Seeker, { start, end }: Span): BusySearch {
  const isLimited = schedule.dailyLimit !== null || schedule.weeklyLimit !== null;
  const buffers = (schedule.bufferBeforeMinutes + schedule.bufferAfterMinutes) * MINUTE_MS;
  const reach = isLimited ? LIMITS_REACH_MS : buffers;
  return {
    tutorId: schedule.tutorId,
    tutorUserId: schedule.userId,
    studentId: seeker.studentId,
    from: new Date(start - reach),
    to: new Date(end + reach),
    now: seeker.now,
    ignoreBookingIds: seeker.ignoreBookingIds,
  };
}

function timeSpan({ start, end }: Span): TimeSpan {
  return { startsAt: new Date(start), endsAt: new Date(end) };
}
