import { badUserInput } from '@tutorgraph/kit/graphql/errors';

/** Days from the first to the last, in UTC, such as `2026-11-21`. */
export interface Days {
  from: string;
  to: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** As long as lists are kept, and what a page can show. */
const MOST_DAYS = 400;

/** The day of a moment. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** So many days later, or earlier. */
export function shifted(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS));
}

/** Every day of a span, the first first. */
export function eachDay({ from, to }: Days): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = shifted(day, 1)) days.push(day);
  return days;
}

/** A span as somebody asks for it. @throws BAD_USER_INPUT when it ends before it begins, or is too long */
export function spanOf(from: Date, to: Date): Days {
  const days = { from: dayOf(from), to: dayOf(to) };
  if (days.from > days.to) throw badUserInput('"to" is before "from"');
  if (to.getTime() - from.getTime() >= MOST_DAYS * DAY_MS) throw badUserInput(`${MOST_DAYS} days are the most`);
  return days;
}
