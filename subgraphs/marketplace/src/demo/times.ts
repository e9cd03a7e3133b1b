import type { Random } from '@tutorgraph/kit/demo/random';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** When people are awake from Lisbon to Almaty, in UTC. */
const FIRST_HOUR = 6;
const LAST_HOUR = 19;

/** The same moment, or the next morning when people would sleep. */
export function awake(moment: Date, random: Random): Date {
  const hour = moment.getUTCHours();
  if (hour >= FIRST_HOUR && hour < LAST_HOUR) return moment;
  const night = hour >= LAST_HOUR ? 24 : 0;
  const midnight = Math.floor(moment.getTime() / DAY) * DAY;
  return new Date(midnight + (night + FIRST_HOUR + random.next() * 3) * HOUR);
}

/** A lesson begins on a full hour, two to eight days later. */
export function lessonAfter(moment: Date, random: Random): Date {
  const day = Math.floor(moment.getTime() / DAY) + random.integer(2, 8);
  return new Date(day * DAY + random.integer(FIRST_HOUR + 1, LAST_HOUR - 2) * HOUR);
}
