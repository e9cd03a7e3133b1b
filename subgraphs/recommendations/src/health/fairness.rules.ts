import type { ExposureRow } from './exposure.repository.js';
import { shareOf, sum } from './figures.rules.js';

/** How many times as much as one would expect, and between what it lies with a certainty of 95 %. */
export interface Ratio {
  ratio: number;
  low: number;
  high: number;
}

/** How a group of tutors was shown, beside how many they are and what came of it. */
export interface GroupExposure {
  /** The mean of the days. */
  tutors: number;
  supplyShare: number;
  exposureShare: number;
  /** Null while too few recommendations have led to anything. */
  outcomeShare: number | null;
  toSupply: Ratio;
  /** Exposure against outcomes: above 1 they are shown more than comes of it. */
  toOutcomes: Ratio | null;
}

/** A city; null for those who teach online only. */
export interface CityExposure extends GroupExposure {
  city: string | null;
}

/** Who was shown how much. */
export interface Fairness {
  /** Null where one of the two groups is too small. */
  newcomers: GroupExposure | null;
  others: GroupExposure | null;
  /** The largest first. */
  cities: CityExposure[];
  /** Cities with fewer tutors than may be told of. */
  withheldCities: number;
}

/** Of smaller groups nothing is told: figures would be of persons. */
export const LEAST_TUTORS = 20;
/** Shares of fewer outcomes say nothing. */
const LEAST_OUTCOMES = 20;
const MOST_CITIES = 100;

/**
 * Exposure of groups against their share of supply and of outcomes, after Singh and Joachims, "Fairness of Exposure in
 * Rankings" (KDD 2018). Intervals take places for independent draws, as many as weights are worth (Kish's effective
 * size), and shares of supply and outcomes for known: of few lists they are too narrow.
 */
export function fairnessOf(rows: readonly ExposureRow[]): Fairness {
  const group = (some: readonly ExposureRow[]): GroupExposure | null => exposureOf(some, rows);
  const newcomers = group(rows.filter(({ isNewcomer }) => isNewcomer));
  const others = group(rows.filter(({ isNewcomer }) => !isNewcomer));
  const byCity = [...Map.groupBy(rows, ({ city }) => city)];
  const cities = byCity.flatMap(([city, some]) => {
    const exposure = group(some);
    return exposure ? [{ city: city || null, ...exposure }] : [];
  });
  // One that is withheld could be told from the other.
  const areBothTold = newcomers !== null && others !== null;
  return {
    newcomers: areBothTold ? newcomers : null,
    others: areBothTold ? others : null,
    cities: cities.sort((a, b) => b.tutors - a.tutors).slice(0, MOST_CITIES),
    withheldCities: byCity.length - cities.length,
  };
}

function exposureOf(some: readonly ExposureRow[], all: readonly ExposureRow[]): GroupExposure | null {
  const total = (rows: readonly ExposureRow[], of: (row: ExposureRow) => number): number => sum(rows.map(of));
  const tutors = total(some, (row) => row.tutors);
  const [supply, exposure, squares, successes] = [
    total(all, (row) => row.tutors),
    total(all, (row) => row.exposure),
    total(all, (row) => row.squares),
    total(all, (row) => row.successes),
  ];
  if (tutors < LEAST_TUTORS || exposure === 0) return null;
  const supplyShare = tutors / supply;
  const effective = exposure ** 2 / squares;
  const exposureShare = total(some, (row) => row.exposure) / exposure;
  const outcomeShare = successes < LEAST_OUTCOMES ? null : total(some, (row) => row.successes) / successes;
  return {
    tutors,
    supplyShare,
    exposureShare,
    outcomeShare,
    toSupply: ratioOf(exposureShare, effective, supplyShare),
    toOutcomes: outcomeShare ? ratioOf(exposureShare, effective, outcomeShare) : null,
  };
}

function ratioOf(share: number, effective: number, expected: number): Ratio {
  const { low, high } = shareOf(share * effective, effective) ?? { low: 0, high: 1 };
  return { ratio: share / expected, low: low / expected, high: high / expected };
}
