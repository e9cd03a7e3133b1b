import { added, expectedCalibrationError, type Share, shareOf, stabilityIndex, sum } from './figures.rules.js';
import type { ChanceCounts, ModelDay, ModelReference, PlaceCounts } from './health.entity.js';

/** What days say of a model together. */
export interface Performance {
  lists: number;
  shown: number;
  degraded: Share | null;
  /** The mean of lists with an outcome. */
  ndcg: number | null;
  ndcgLists: number;
  accuracy: Share | null;
  clickThrough: Share | null;
  choices: Share | null;
  bookingConversion: Share | null;
  places: readonly PlaceCounts[];
  calibrationError: number | null;
  chances: readonly ChanceCounts[];
  coverage: Share | null;
  gini: number | null;
}

/** How far days are from what a model was used to. */
export interface Drift {
  score: number | null;
  /** The greatest first. */
  features: readonly { feature: string; index: number }[];
}

/** What days say of a model together; coverage is of the 28 days to the last of them. */
export function performanceOf(days: readonly ModelDay[]): Performance {
  const total = (figure: (day: ModelDay) => number): number => sum(days.map(figure));
  const lists = total((day) => day.lists);
  const successLists = total((day) => day.successLists);
  const ndcgLists = total((day) => day.ndcgLists);
  const chances = chancesOf(days);
  const last = days.at(-1);
  return {
    lists,
    shown: total((day) => day.shown),
    degraded: shareOf(
      total((day) => day.degraded),
      lists,
    ),
    ndcg: ndcgLists === 0 ? null : total((day) => day.ndcgSum) / ndcgLists,
    ndcgLists,
    accuracy: shareOf(
      total((day) => day.hits),
      successLists,
    ),
    clickThrough: shareOf(
      total((day) => day.openedLists),
      lists,
    ),
    choices: shareOf(successLists, lists),
    bookingConversion: shareOf(
      total((day) => day.bookedLists),
      lists,
    ),
    places: placesOf(days),
    calibrationError: expectedCalibrationError(chances),
    chances,
    coverage: last ? shareOf(last.shownTutors, last.visibleTutors) : null,
    gini: last?.gini ?? null,
  };
}

/** How far days are from a model's reference. */
export function driftOf(days: readonly ModelDay[], reference: ModelReference): Drift {
  const scores = days.reduce<readonly number[]>((all, day) => added(all, day.scores), []);
  const features = Object.entries(reference.features).flatMap(([feature, before]) => {
    const now = days.reduce<readonly number[]>((all, day) => added(all, day.features[feature] ?? []), []);
    const index = stabilityIndex(before, now);
    return index === null ? [] : [{ feature, index }];
  });
  return {
    score: stabilityIndex(reference.scores, scores),
    features: features.sort((a, b) => b.index - a.index || a.feature.localeCompare(b.feature)),
  };
}

function placesOf(days: readonly ModelDay[]): PlaceCounts[] {
  const most = Math.max(0, ...days.map(({ places }) => places.length));
  return Array.from({ length: most }, (_, place) => ({
    shown: sum(days.map(({ places }) => places[place]?.shown ?? 0)),
    opened: sum(days.map(({ places }) => places[place]?.opened ?? 0)),
    succeeded: sum(days.map(({ places }) => places[place]?.succeeded ?? 0)),
  }));
}

function chancesOf(days: readonly ModelDay[]): ChanceCounts[] {
  const most = Math.max(0, ...days.map(({ chances }) => chances.length));
  return Array.from({ length: most }, (_, tenth) => ({
    count: sum(days.map(({ chances }) => chances[tenth]?.count ?? 0)),
    chances: sum(days.map(({ chances }) => chances[tenth]?.chances ?? 0)),
    succeeded: sum(days.map(({ chances }) => chances[tenth]?.succeeded ?? 0)),
  }));
}
