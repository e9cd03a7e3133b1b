import type { Place } from '@tutorgraph/kit/demo/places';
import type { Random } from '@tutorgraph/kit/demo/random';
import type { SubjectFacts } from './content/subjects.js';

type Currency = Place['currency'];

/** What an hour of an average subject with an experienced tutor costs in a city of price level 1, in major units. */
const TYPICAL_HOUR: Record<Currency, number> = { RUB: 1_500, KZT: 7_000, USD: 34, EUR: 31, GBP: 32 };

/** Nobody asks for 1,483 roubles. */
const STEP: Record<Currency, number> = { RUB: 100, KZT: 500, USD: 1, EUR: 1, GBP: 1 };

/** How dear a tutor is compared with others like them: log-normal around 1. */
export function dearness(random: Random): number {
  return random.logNormal(1, 0.2);
}

/** A tutor's price for an hour in minor units, from subject, city, experience and the tutor's own `dearness`. */
export function hourlyRate(subject: SubjectFacts, place: Place, experienceYears: number, dear: number): number {
  const experience = 0.62 + 0.2 * Math.log(1 + experienceYears);
  const typical = TYPICAL_HOUR[place.currency] * place.priceLevel * subject.price * experience;
  return rounded(typical * dear, place.currency);
}

/** The most that a student would pay for an hour, in minor units. */
export function budgetFor(random: Random, subject: SubjectFacts, place: Place): number {
  const typical = TYPICAL_HOUR[place.currency] * place.priceLevel * subject.price;
  return rounded(random.logNormal(typical * 1.1, 0.18), place.currency);
}

/** The same price in another currency, as round as people name it. */
export function inCurrency(amountMinor: number, from: Currency, to: Currency): number {
  return from === to ? amountMinor : rounded((amountMinor / 100 / TYPICAL_HOUR[from]) * TYPICAL_HOUR[to], to);
}

/** "1 500 ₽", "£32". */
export function priceText(amountMinor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 });
  return format.format(amountMinor / 100);
}

function rounded(amount: number, currency: Currency): number {
  const step = STEP[currency];
  return Math.max(step, Math.round(amount / step) * step) * 100;
}
