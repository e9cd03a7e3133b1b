import { cityKey } from '../market/cities.js';
import { hoursOfSchedule, hoursOfText } from '../market/hours.rules.js';
import type { Wish } from '../ranking/wish.js';
import { styleOfText } from './style.rules.js';
import type { AcceptedWish } from './wish.inputs.js';

const HOUR_MINUTES = 60;

/** What somebody looks for who has no order yet. @param studentId the account of whoever asks */
export function wishOfInput(input: AcceptedWish, studentId: string, now: Date): Wish {
  const { budget, format } = input;
  const text = input.goal ?? '';
  return {
    orderId: null,
    studentId,
    subjectId: input.subjectId,
    level: input.level,
    format,
    city: format === 'ONLINE' ? null : cityKey(input.city ?? null),
    languages: [...new Set(input.languages ?? [])],
    languagesAreAsked: Boolean(input.languages?.length),
    budgetMinor: budget?.to.amountMinor ?? null,
    budgetFromMinor: budget?.from?.amountMinor ?? null,
    currency: budget?.to.currency ?? null,
    hours: input.schedule ? hoursOf(input.schedule, now) : null,
    style: input.style ?? styleOfText(text),
    urgency: input.urgency ?? null,
    text,
  };
}

/** What is said in hours counts before what is said in words. */
function hoursOf({ timeZone, hours, times }: NonNullable<AcceptedWish['schedule']>, now: Date): string | null {
  const windows = (hours ?? []).map(({ weekday, from, to }) => ({
    weekday,
    startsAtMinute: from * HOUR_MINUTES,
    endsAtMinute: to * HOUR_MINUTES,
  }));
  return windows.length > 0
    ? hoursOfSchedule(windows, timeZone, now)
    : times
      ? hoursOfText(times, timeZone, now)
      : null;
}
