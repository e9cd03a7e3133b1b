import type { Person } from './person.js';
import { Watch } from './watch.js';

const SET_SCHEDULE = `mutation SetSchedule($input: SetScheduleInput!) {
  setSchedule(input: $input) { tutor { id } userErrors { code field message } }
}`;
const SLOTS = `query FreeSlots($tutorId: ID!, $from: Date!, $to: Date!) {
  availableSlots(tutorId: $tutorId, from: $from, to: $to, durationMinutes: 60, timeZone: "Asia/Kathmandu") {
    days { slots { startsAt localStart } }
  }
}`;
const HOLD = `mutation HoldSlot($input: HoldSlotInput!) {
  holdSlot(input: $input) { booking { id status } userErrors { code alternatives { startsAt } } }
}`;
const BOOK = `mutation CreateBooking($input: CreateBookingInput!) {
  createBooking(input: $input) { booking { id status } userErrors { code message alternatives { startsAt } } }
}`;
const PAID = `mutation MarkBookingPaid($input: MarkBookingPaidInput!) {
  markBookingPaid(input: $input) { booking { id status } userErrors { code } }
}`;
const MOVE = `mutation RescheduleBooking($input: RescheduleBookingInput!) {
  rescheduleBooking(input: $input) { booking { id startsAt } userErrors { code } }
}`;
const CANCEL = `mutation CancelBooking($input: CancelBookingInput!) {
  cancelBooking(input: $input) { booking { id status } userErrors { code } }
}`;
const BOOKING = `query Booking($id: ID!) {
  booking(id: $id) { id status startsAt meeting { url } student { displayName } tutor { displayName } }
}`;
const FEED = '{ myCalendarFeed { address } }';
const CHANGED = `subscription BookingChanged($after: String) {
  bookingChanged(after: $after) {
    cursor
    booking { id status startsAt student { displayName } tutor { displayName } }
  }
}`;
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const HOUR_MS = 60 * 60 * 1000;

/** What a mutation for a slot answers. */
export interface SlotAnswer {
  booking: { id: string; status: string } | null;
  userErrors: { code: string; alternatives: { startsAt: string }[] | null }[];
}

/** A booking as its two people see it. */
export interface SeenBooking {
  id: string;
  status: string;
  startsAt: string;
  meeting: { url: string } | null;
  student: { displayName: string };
  tutor: { displayName: string };
}

/** A lesson that somebody wants. */
export interface WantedLesson {
  tutorId: string;
  subjectId: string;
  startsAt: string;
}

/** Somebody teaches every day from ten to six by the clock of New York, up to the last moment. */
export async function teachDaily(tutor: Person): Promise<void> {
  const weeklyWindows = WEEKDAYS.map((weekday) => ({ weekday, startsAtMinute: 600, endsAtMinute: 1_080 }));
  const input = { timeZone: 'America/New_York', weeklyWindows, minimumNoticeMinutes: 0, slotStepMinutes: 60 };
  await tutor.run(SET_SCHEDULE, { input });
}

/** Free slots of the days from the day after tomorrow on, as somebody in Kathmandu sees them. */
export async function freeSlots(person: Person, tutorId: string): Promise<{ startsAt: string; localStart: string }[]> {
  const date = (days: number) => new Date(Date.now() + days * 24 * HOUR_MS).toISOString().slice(0, 10);
  const answer = await person.run<{
    availableSlots: { days: { slots: { startsAt: string; localStart: string }[] }[] };
  }>(SLOTS, { tutorId, from: date(2), to: date(6) });
  return answer.availableSlots.days.flatMap(({ slots }) => slots);
}

export function hold(student: Person, lesson: WantedLesson): Promise<SlotAnswer> {
  const input = { slot: { ...lesson, durationMinutes: 60 } };
  return answered(student, 'holdSlot', HOLD, input);
}

/** Books a slot that is held, or one that is free. */
export function book(
  student: Person,
  wanted: { holdId: string } | { slot: WantedLesson },
  idempotencyKey: string,
): Promise<SlotAnswer> {
  const what = 'slot' in wanted ? { slot: { ...wanted.slot, durationMinutes: 60 } } : wanted;
  return answered(student, 'createBooking', BOOK, { ...what, idempotencyKey });
}

export async function markPaid(staff: Person, bookingId: string): Promise<string> {
  const input = { bookingId, reason: 'Paid by invoice' };
  const answer = await staff.run<{ markBookingPaid: { booking: { status: string } } }>(PAID, { input });
  return answer.markBookingPaid.booking.status;
}

export async function move(person: Person, bookingId: string, startsAt: string): Promise<void> {
  await person.run(MOVE, { input: { bookingId, startsAt } });
}

export async function cancel(person: Person, bookingId: string): Promise<void> {
  await person.run(CANCEL, { input: { bookingId, reason: 'Something came up' } });
}

/** Null for whoever may not see it. */
export async function readBooking(person: Person, id: string): Promise<SeenBooking | null> {
  return (await person.run<{ booking: SeenBooking | null }>(BOOKING, { id })).booking;
}

/** Somebody's lessons as their calendar gets them. */
export async function readFeed(person: Person): Promise<string> {
  const { myCalendarFeed } = await person.run<{ myCalendarFeed: { address: string } }>(FEED);
  const response = await fetch(myCalendarFeed.address);
  if (!response.ok) throw new Error(`The feed answered ${response.status}`);
  return (await response.text()).replaceAll('\r\n ', '');
}

/** Somebody's bookings, live. */
export function watchBookings(person: Person): Promise<Watch<Omit<SeenBooking, 'meeting'>>> {
  return Watch.start(person, { query: CHANGED, field: 'bookingChanged', payload: 'booking' });
}

/** An expected failure of these is part of the story. */
async function answered(person: Person, field: string, query: string, input: object): Promise<SlotAnswer> {
  const answer = await person.ask<Record<string, SlotAnswer>>(query, { input });
  const found = answer[field];
  if (!found) throw new Error(`${field} answered nothing`);
  return found;
}
