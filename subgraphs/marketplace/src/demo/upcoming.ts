import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { Random } from '@tutorgraph/kit/demo/random';
import { freeSlots, type Span } from '../schedules/slots.rules.js';
import type { DemoBooking, DemoSchedule } from './data.js';
import { DAY } from './times.js';

/** How many of those who have had a lesson have agreed upon further ones. */
const GOES_ON = 0.3;
const AHEAD_DAYS = 14;
const LESSON_MINUTES = 60;

/** Lessons of the next two weeks between people who have met before, at times at which both are free. */
export function generateUpcoming(
  seed: number,
  bookings: readonly DemoBooking[],
  schedules: readonly DemoSchedule[],
  now: Date,
): DemoBooking[] {
  const random = new Random('upcoming', seed);
  const scheduleOf = new Map(schedules.map((schedule) => [schedule.tutorId, schedule]));
  const diary = new Map<string, Span[]>();
  const upcoming: DemoBooking[] = [];
  for (const before of bookings.filter(({ status }) => status === 'COMPLETED')) {
    const isShown = before.studentId === FIXED_PEOPLE.STUDENT.id;
    const schedule = scheduleOf.get(before.tutorId);
    if (!(schedule && (isShown || random.chance(GOES_ON)))) continue;
    for (let lesson = isShown ? 2 : random.integer(1, 2); lesson > 0; lesson--) {
      const slots = freeFor(schedule, before, diary, now);
      const slot = slots.length > 0 ? random.pick(slots) : undefined;
      if (!slot) break;
      for (const person of [before.tutorId, before.studentId]) diary.set(person, [...(diary.get(person) ?? []), slot]);
      upcoming.push({
        ...before,
        id: demoId(seed, 'upcoming-booking', upcoming.length),
        status: 'CONFIRMED',
        startsAt: new Date(slot.start),
        endsAt: new Date(slot.end),
        createdAt: new Date(now.getTime() - random.integer(1, 3) * DAY),
      });
    }
  }
  return upcoming;
}

function freeFor(
  schedule: DemoSchedule,
  { tutorId, studentId }: DemoBooking,
  diary: ReadonlyMap<string, readonly Span[]>,
  now: Date,
): Span[] {
  const given = diary.get(tutorId) ?? [];
  const busy = {
    lessons: given,
    tutor: [],
    student: diary.get(studentId) ?? [],
    counted: given.map(({ start }) => start),
  };
  const from = now.getTime();
  return freeSlots(schedule, busy, { from, until: from + AHEAD_DAYS * DAY, minutes: LESSON_MINUTES, now: from });
}
