import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { Random } from '@tutorgraph/kit/demo/random';
import type { DemoSchedule } from './data.js';
import { DAY } from './times.js';
import type { MadeTutor } from './tutors.js';

type Windows = readonly (readonly [from: number, to: number])[];
/** Windows of a working day, a Saturday and a Sunday, in hours. */
interface Habit {
  share: number;
  weekday: Windows;
  saturday: Windows;
  sunday: Windows;
}

/** How people teach: after school or another job, as their job, before work, or on their days off. */
const HABITS: readonly Habit[] = [
  { share: 40, weekday: [[16, 21]], saturday: [[10, 15]], sunday: [] },
  {
    share: 30,
    weekday: [
      [9, 13],
      [14, 19],
    ],
    saturday: [],
    sunday: [],
  },
  { share: 12, weekday: [[7, 12]], saturday: [[9, 13]], sunday: [] },
  { share: 10, weekday: [[18, 22]], saturday: [[10, 18]], sunday: [[11, 17]] },
  { share: 8, weekday: [], saturday: [[9, 20]], sunday: [[9, 20]] },
];
const SATURDAY = 6;
const SUNDAY = 7;
const HOUR_MINUTES = 60;

/** When the tutors of the demo teach, by the clocks of their cities. */
export function generateSchedules(seed: number, tutors: readonly MadeTutor[], now: Date): DemoSchedule[] {
  return tutors.map((tutor, index) => scheduleOf(new Random('schedule', seed, index), seed, index, tutor, now));
}

function scheduleOf(random: Random, seed: number, index: number, tutor: MadeTutor, now: Date): DemoSchedule {
  const { profile, persona } = tutor;
  const buffer = random.pick([0, 0, 5, 10, 15]);
  return {
    tutorId: profile.id,
    timeZone: persona.place.timeZone,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: buffer,
    minimumNoticeMinutes: random.pick([2, 6, 12, 12, 24]) * HOUR_MINUTES,
    bookingWindowDays: random.pick([30, 60, 60, 90]),
    dailyLimit: random.chance(0.2) ? random.integer(4, 7) : null,
    weeklyLimit: random.chance(0.15) ? random.integer(15, 25) : null,
    slotStepMinutes: random.pick([30, 30, 60]),
    createdAt: profile.createdAt,
    rules: rulesOf(random, seed, index),
    overrides: overridesOf(random, seed, index, now),
    daysOff: daysOffOf(random, seed, index, now),
  };
}

/** One weekday in six is free, and everybody begins half an hour earlier or later than somebody else. */
function rulesOf(random: Random, seed: number, index: number): DemoSchedule['rules'] {
  const habit = random.weighted(HABITS, ({ share }) => share);
  const shift = random.pick([-30, 0, 0, 30]);
  const days = Array.from({ length: 7 }, (_, day) => day + 1).flatMap((weekday) =>
    weekday < SATURDAY && random.chance(1 / 6) ? [] : windowsOn(habit, weekday).map((window) => ({ weekday, window })),
  );
  return days.map(({ weekday, window: [from, to] }, place) => ({
    id: demoId(seed, `schedule-rule:${index}`, place),
    weekday,
    startsAtMinute: from * HOUR_MINUTES + shift,
    endsAtMinute: to * HOUR_MINUTES + shift,
  }));
}

function windowsOn(habit: Habit, weekday: number): Windows {
  if (weekday === SATURDAY) return habit.saturday;
  return weekday === SUNDAY ? habit.sunday : habit.weekday;
}

/** One in four teaches at other hours on some day soon. */
function overridesOf(random: Random, seed: number, index: number, now: Date): DemoSchedule['overrides'] {
  if (!random.chance(0.25)) return [];
  const from = random.integer(9, 12) * HOUR_MINUTES;
  const windows = [{ startsAtMinute: from, endsAtMinute: from + 3 * HOUR_MINUTES }];
  return [{ id: demoId(seed, `schedule-override:${index}`, 0), date: dateAhead(now, random.integer(2, 14)), windows }];
}

/** One in three goes on holiday. */
function daysOffOf(random: Random, seed: number, index: number, now: Date): DemoSchedule['daysOff'] {
  if (!random.chance(1 / 3)) return [];
  const first = random.integer(5, 45);
  const last = first + random.integer(0, 9);
  return [{ id: demoId(seed, `days-off:${index}`, 0), fromDate: dateAhead(now, first), toDate: dateAhead(now, last) }];
}

function dateAhead(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
}
