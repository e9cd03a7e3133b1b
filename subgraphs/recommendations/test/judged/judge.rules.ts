import type { JudgedOrder } from './judged-orders.ts';

/** Hours of a week in which somebody teaches, by the clock of `timeZone`; weekday 1 is Monday. */
interface TaughtHours {
  weekday: number;
  fromMinute: number;
  toMinute: number;
}

/** A profile of the demo catalogue, as somebody reads it. */
export interface Profile {
  id: string;
  hidden: boolean;
  text: string;
  languages: readonly string[];
  formats: readonly string[];
  city: string | null;
  currency: string;
  reviewCount: number;
  ratingSum: number;
  timeZone: string;
  hours: readonly TaughtHours[];
  offerings: readonly { subject: string; levels: readonly string[]; rateMinor: number }[];
}

/** Roubles for one unit of each currency: what somebody would reckon with who compares prices. */
const ROUBLES: Readonly<Record<string, number>> = { RUB: 1, USD: 90, EUR: 98, GBP: 115, KZT: 0.18 };
/** People say a round number and pay a little more. */
const MORE_THAN_SAID = 1.1;
/** Minutes a week that have to suit both. */
const ENOUGH_MINUTES = 120;
/** Nobody would be sent to a tutor whose reviews, if there are some, are so bad. */
const BAD_RATING = 4.2;
const SOME_REVIEWS = 3;
const WEEK_MINUTES = 7 * 24 * 60;
const DAY_MINUTES = 24 * 60;
/** The names of a city. */
const CITIES = [
  ['москва', 'moscow'],
  ['санкт-петербург', 'st petersburg'],
  ['лондон', 'london'],
];

/**
 * Would somebody who knows the catalogue name this tutor for this order? They teach the subject at this level, in the
 * order's language, where and when it wants lessons, for about what it can pay; reviews, if there are some, are not bad; and
 * the profile speaks of what the order is about. Knows nothing of the ranking, and shares no code with it.
 *
 * @param now decides about summer time
 */
export function isRelevant(order: JudgedOrder, profile: Profile, now: Date): boolean {
  const offering = profile.offerings.find(({ subject }) => subject === order.subject);
  return (
    !profile.hidden &&
    offering !== undefined &&
    offering.levels.includes(order.level) &&
    profile.languages.includes(order.language) &&
    meets(order, profile) &&
    isAffordable(order, offering.rateMinor, profile.currency) &&
    hasTime(order, profile, now) &&
    (profile.reviewCount < SOME_REVIEWS || profile.ratingSum / profile.reviewCount >= BAD_RATING) &&
    speaksOf(order, profile.text)
  );
}

/**
 * The share of places at the top that hold relevant tutors: of five, or of as many as the catalogue could fill.
 *
 * @returns null when nobody is relevant, so that there is nothing to find
 */
export function precisionAt5(found: readonly string[], relevant: ReadonlySet<string>): number | null {
  if (relevant.size === 0) return null;
  const hits = found.slice(0, 5).filter((id) => relevant.has(id)).length;
  return hits / Math.min(5, relevant.size);
}

function meets({ format, city }: JudgedOrder, profile: Profile): boolean {
  if (!profile.formats.includes(format)) return false;
  return format === 'ONLINE' || cityKey(city) === cityKey(profile.city);
}

function cityKey(name: string | null | undefined): string | undefined {
  const lower = name?.toLowerCase();
  return CITIES.find((names) => lower !== undefined && names.includes(lower))?.[0] ?? lower;
}

function isAffordable({ budget }: JudgedOrder, rateMinor: number, currency: string): boolean {
  if (!budget) return true;
  return roubles(rateMinor, currency) <= roubles(budget.amountMinor, budget.currency) * MORE_THAN_SAID;
}

/** @throws Error for a currency of which it knows nothing */
function roubles(amountMinor: number, currency: string): number {
  const rate = ROUBLES[currency];
  if (rate === undefined) throw new Error(`The judge does not know what ${currency} is worth`);
  return amountMinor * rate;
}

function hasTime({ windows, timeZone }: JudgedOrder, profile: Profile, now: Date): boolean {
  if (!windows || !timeZone) return true;
  const wanted = minutesOf(
    windows.flatMap(({ days, from, to }) =>
      days.map((weekday) => ({ weekday, fromMinute: from * 60, toMinute: to * 60 })),
    ),
    timeZone,
    now,
  );
  const taught = minutesOf(profile.hours, profile.timeZone, now);
  return [...wanted].filter((minute) => taught.has(minute)).length >= ENOUGH_MINUTES;
}

/** Minutes of a UTC week. */
function minutesOf(hours: readonly TaughtHours[], timeZone: string, now: Date): Set<number> {
  const offset = offsetMinutes(timeZone, now);
  return new Set(
    hours.flatMap(({ weekday, fromMinute, toMinute }) =>
      Array.from({ length: toMinute - fromMinute }, (_, minute) => {
        const local = (weekday - 1) * DAY_MINUTES + fromMinute + minute;
        return (local - offset + WEEK_MINUTES) % WEEK_MINUTES;
      }),
    ),
  );
}

function offsetMinutes(timeZone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d+):(\d+)$/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function speaksOf({ says }: JudgedOrder, text: string): boolean {
  const lower = text.toLowerCase();
  return !says || says.some((stem) => lower.includes(stem));
}
