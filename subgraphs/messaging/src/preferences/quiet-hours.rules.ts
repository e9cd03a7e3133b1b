import { Temporal } from 'temporal-polyfill';

/** From one time of a person's clock to before another, such as `22:00` to `07:30`; over midnight when it ends earlier. */
export interface QuietSpan {
  startsAt: string;
  endsAt: string;
}

/** When messages that are collected until the morning are sent, by the person's clock. */
const MORNING = Temporal.PlainTime.from('08:00');

/**
 * When somebody may be disturbed again: the first moment from `now` on at which their clock shows a time outside of the
 * span, whatever the clock does meanwhile. `now` itself when that is so already.
 */
export function quietUntil(now: Date, quiet: QuietSpan, timeZone: string): Date {
  const here = zoned(now, timeZone);
  const startsAt = Temporal.PlainTime.from(quiet.startsAt);
  const endsAt = Temporal.PlainTime.from(quiet.endsAt);
  const isQuiet = (time: Temporal.ZonedDateTime): boolean => lies(time.toPlainTime(), startsAt, endsAt);
  if (!isQuiet(here)) return now;
  const end = nextOf(here, endsAt);
  // A change of the clock may leap over the end, or back to before the beginning.
  const change = here.getTimeZoneTransition('next');
  const leaps = change && Temporal.ZonedDateTime.compare(change, end) < 0 && !isQuiet(change);
  return toDate(leaps ? change : end);
}

/** The next eight o'clock of the morning by a person's clock, after `now`. */
export function nextMorning(now: Date, timeZone: string): Date {
  return toDate(nextOf(zoned(now, timeZone), MORNING));
}

function lies(time: Temporal.PlainTime, startsAt: Temporal.PlainTime, endsAt: Temporal.PlainTime): boolean {
  const hasBegun = Temporal.PlainTime.compare(time, startsAt) >= 0;
  const hasEnded = Temporal.PlainTime.compare(time, endsAt) >= 0;
  const isOverMidnight = Temporal.PlainTime.compare(startsAt, endsAt) > 0;
  return isOverMidnight ? hasBegun || !hasEnded : hasBegun && !hasEnded;
}

/** The next moment at which a clock shows a time: it may show it twice on a day, or, when it leaps, only nearly. */
function nextOf(here: Temporal.ZonedDateTime, time: Temporal.PlainTime): Temporal.ZonedDateTime {
  const moments = [0, 1, 2].flatMap((days) => {
    const wanted = here.toPlainDate().add({ days }).toPlainDateTime(time);
    return (['compatible', 'later'] as const).map((disambiguation) =>
      wanted.toZonedDateTime(here.timeZoneId, { disambiguation }),
    );
  });
  const [next = here] = moments.filter((moment) => Temporal.ZonedDateTime.compare(moment, here) > 0);
  return next;
}

function zoned(moment: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
}

function toDate(moment: Temporal.ZonedDateTime): Date {
  return new Date(moment.epochMilliseconds);
}
