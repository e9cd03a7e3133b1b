import { Temporal } from 'temporal-polyfill';

/**
 * The beginnings of weekly lessons at the same local time in a time zone, across its clock changes. A local time that a
 * day does not have moves on by what the clocks skip, for that week only; one that a day has twice is the first of both.
 */
export function weeklyStarts(first: Date, timeZone: string, count: number): Date[] {
  const start = Temporal.Instant.fromEpochMilliseconds(first.getTime()).toZonedDateTimeISO(timeZone);
  return Array.from({ length: count }, (_, weeks) =>
    // Each from the first one: a time that was moved once must not stay so.
    weeks === 0 ? first : new Date(start.add({ weeks }).epochMilliseconds),
  );
}
