import type { AlertKind } from '../events.js';
import { OUTCOME_DAYS } from '../ranking/grades.rules.js';
import { shifted } from './days.js';
import type { Fairness, GroupExposure } from './fairness.rules.js';
import type { Share } from './figures.rules.js';
import type { ModelDay, ModelReference } from './health.entity.js';
import { driftOf, performanceOf } from './performance.rules.js';

/** A figure that was looked at. */
export interface Finding {
  kind: AlertKind;
  /** @see ModelAlert.subject */
  subject: string;
  value: number;
  bound: number;
  /** Is it beyond its bound? And if not, is it so far within that an alert ends? */
  state: 'OUT' | 'BETWEEN' | 'WITHIN';
}

/** What alerts are looked for in: the days of the running model, and of all lists. */
export interface Health {
  today: string;
  days: readonly ModelDay[];
  reference: ModelReference | null;
  fairness: Fairness;
}

/**
 * When something is wrong. A figure is looked at only where there is enough of it, and a fall only where it is no chance:
 * where even the upper end of its interval is below the bound.
 */
export const BOUNDS = {
  /** The greatest stability index of a feature, or that of scores, in a week. */
  drift: 0.25,
  /** Expected calibration error of four weeks whose outcomes are all there. */
  calibration: 0.1,
  /** This week's share of lists from which a profile was opened, by that of the four weeks before. */
  clickThrough: 0.7,
  /** The same of lists with a success, in the last week whose outcomes are all there. */
  conversion: 0.7,
  /** Share of tutors who were shown in four weeks, where everybody could have been shown ten times. */
  coverage: 0.5,
  /** Exposure of newcomers or a city, by their share of tutors, in four weeks. */
  fairness: 0.5,
} as const;

/** An alert ends when its figure is so much better than the bound, so that it does not flicker. */
const MARGIN = 0.1;
const WEEK = 7;
const MONTH = 28;
const LEAST_LISTS = 200;
const LEAST_SHOWN = 500;
const SHOWN_EACH = 10;

/** What is to be said of the running model; kinds of which too little is known are left out. */
export function findingsOf(health: Health): Finding[] {
  return [
    ...drift(health),
    ...calibration(health),
    ...fall('CLICK_THROUGH', health, BOUNDS.clickThrough, 0),
    ...fall('CONVERSION', health, BOUNDS.conversion, OUTCOME_DAYS),
    ...coverage(health),
    ...unfairness(health.fairness),
  ];
}

/** Full days that end so many days before today. */
function daysBefore({ days, today }: Health, { ago, count }: { ago: number; count: number }): ModelDay[] {
  const [first, last] = [shifted(today, -ago - count), shifted(today, -ago - 1)];
  return days.filter(({ day }) => day >= first && day <= last);
}

function drift(health: Health): Finding[] {
  const week = daysBefore(health, { ago: 0, count: WEEK });
  const { shown } = performanceOf(week);
  if (!health.reference || shown < LEAST_SHOWN) return [];
  const { score, features } = driftOf(week, health.reference);
  const [worst] = [...(score === null ? [] : [{ feature: 'score', index: score }]), ...features].sort(
    (a, b) => b.index - a.index,
  );
  return worst ? [above('DRIFT', worst.feature, worst.index, BOUNDS.drift)] : [];
}

function calibration(health: Health): Finding[] {
  const { calibrationError, chances } = performanceOf(daysBefore(health, { ago: OUTCOME_DAYS, count: MONTH }));
  const count = chances.reduce((total, bin) => total + bin.count, 0);
  if (calibrationError === null || count < LEAST_SHOWN) return [];
  return [above('CALIBRATION', '', calibrationError, BOUNDS.calibration)];
}

function fall(kind: 'CLICK_THROUGH' | 'CONVERSION', health: Health, bound: number, ago: number): Finding[] {
  const of = (days: readonly ModelDay[]): Share | null =>
    performanceOf(days)[kind === 'CONVERSION' ? 'choices' : 'clickThrough'];
  const now = of(daysBefore(health, { ago, count: WEEK }));
  const before = of(daysBefore(health, { ago: ago + WEEK, count: MONTH }));
  if (!now || !before || now.of < LEAST_LISTS || before.of < LEAST_LISTS || before.share === 0) return [];
  return [below(kind, '', now.share / before.share, { bound, high: now.high / before.share })];
}

function coverage(health: Health): Finding[] {
  const month = daysBefore(health, { ago: 0, count: MONTH });
  const { coverage: covered, shown } = performanceOf(month);
  if (!covered || shown < SHOWN_EACH * covered.of) return [];
  return [below('COVERAGE', '', covered.share, { bound: BOUNDS.coverage, high: covered.high })];
}

function unfairness({ newcomers, cities }: Fairness): Finding[] {
  const groups: [string, GroupExposure][] = cities.map((city) => [city.city ?? 'online', city]);
  if (newcomers) groups.push(['newcomers', newcomers]);
  const findings = groups.map(([subject, { toSupply }]) =>
    below('FAIRNESS', subject, toSupply.ratio, { bound: BOUNDS.fairness, high: toSupply.high }),
  );
  // One that is surely out of bounds comes before a smaller figure that may be by chance.
  findings.sort((a, b) => Number(b.state === 'OUT') - Number(a.state === 'OUT') || a.value - b.value);
  return findings.slice(0, 1);
}

function above(kind: AlertKind, subject: string, value: number, bound: number): Finding {
  const isNear = value > bound * (1 - MARGIN);
  const state = value > bound ? 'OUT' : isNear ? 'BETWEEN' : 'WITHIN';
  return { kind, subject, value, bound, state };
}

function below(
  kind: AlertKind,
  subject: string,
  value: number,
  { bound, high }: { bound: number; high: number },
): Finding {
  const isNear = value < bound * (1 + MARGIN);
  const state = high < bound ? 'OUT' : isNear ? 'BETWEEN' : 'WITHIN';
  return { kind, subject, value, bound, state };
}
