import { sigmoid } from '@tutorgraph/kit/boosting/objectives';
import { Random } from '@tutorgraph/kit/demo/random';
import { FEATURE_NAMES, type FeatureName } from '../src/ranking/features.js';
import type { LoggedList } from '../src/ranking/ranking-dataset.js';
import { HAND_MADE, rankRows } from '../src/ranking/ranking-model.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SIZE = 12;
/** Between what values of a feature lie; 0 to 1 unless it says otherwise. */
const RANGES: Partial<Record<FeatureName, readonly [number, number]>> = {
  rating: [3.8, 5],
  similarity: [0, 0.25],
  overBudget: [0, 0.4],
  responseTime: [2, 8],
  freshness: [0, 4],
  acceptance: [0.8, 1],
  subjectLessons: [0, 6],
  reviewCount: [0, 5],
  popularity: [0, 5],
};
const MISSING: readonly FeatureName[] = ['hoursOverlap', 'responseTime', 'styleMatch'];

/** How to make lists up. */
export interface MadeUpLists {
  count: number;
  /** Over so many days, evenly. */
  days: number;
  seed?: number;
  /** How likely a place is looked at, 1 at the top. @default 1 / place */
  looked?: (position: number) => number;
  /** How much somebody is wanted, in log-odds. @default wantedOf */
  wanted?: (row: readonly number[]) => number;
  /** How much chance stands in the order that is shown. @default 1 */
  shuffled?: number;
}

/** A value of a row by its name. */
export function featureOf(row: readonly number[], name: FeatureName): number {
  return row[FEATURE_NAMES.indexOf(name)] ?? Number.NaN;
}

/** Another taste than the hand-made weights have: hours and coming back decide, and what is not known is no harm. */
export function wantedOf(row: readonly number[]): number {
  const hours = featureOf(row, 'hoursOverlap');
  const match = 8 * featureOf(row, 'similarity') * (featureOf(row, 'retention') > 0.5 ? 1.5 : 0.2);
  return -3.5 + match + 2.5 * (Number.isNaN(hours) ? 0.7 : hours) - 4 * featureOf(row, 'overBudget');
}

/** Lists in the order of the hand-made model with some chance, looked at from the top, with what came of them. */
export function madeUpLists(options: MadeUpLists): LoggedList[] {
  const { count, days, seed = 1, looked = (position) => 1 / position, wanted = wantedOf, shuffled = 1 } = options;
  const random = new Random('made-up lists', seed);
  return Array.from({ length: count }, (_, index) => {
    const rows = Array.from({ length: SIZE }, () => rowOf(random));
    const scores = rankRows(HAND_MADE, rows).map(({ score }) => score + random.normal(0, shuffled));
    const order = rows.map((_, row) => row).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    return {
      shownAt: Date.UTC(2026, 0, 1) + (index * days * DAY_MS) / count,
      unit: `order ${index >> 1}`,
      rows: order.map((row, place) => {
        const features = rows[row] ?? [];
        const isOpened = random.chance(looked(place + 1)) && random.chance(sigmoid(wanted(features)));
        return { position: place + 1, features, grade: isOpened ? gradeFor(random) : 0 };
      }),
    };
  });
}

function rowOf(random: Random): number[] {
  return FEATURE_NAMES.map((name) => {
    const [low, high] = RANGES[name] ?? [0, 1];
    const value = low + random.next() * (high - low);
    return MISSING.includes(name) && random.chance(0.3) ? Number.NaN : value;
  });
}

function gradeFor(random: Random): number {
  let grade = 1;
  while (grade < 4 && random.chance(0.5)) grade++;
  return grade;
}
