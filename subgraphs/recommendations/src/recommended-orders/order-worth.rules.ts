import type { CompatibilityParts } from '../results/compatibility.rules.js';

/** How much each respect counts when a tutor looks at an order. */
const WEIGHTS: Readonly<Record<keyof CompatibilityParts, number>> = {
  schedule: 0.3,
  price: 0.3,
  level: 0.2,
  subject: 0.1,
  style: 0.1,
};
/** What is not known counts as this. */
const UNKNOWN = 0.5;
/** An order that fits in nothing is worth so much of one that fits in all. */
const UNFIT = 0.4;
/** By so much each application that waits already lowers the chance of another. */
const PER_RIVAL = 0.15;
/** After so many days half of the students have found somebody. */
const HALF_LIFE_DAYS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

/** An order as a tutor looks at it. */
export interface Answerable {
  /** The chance that the tutor, when shown to the student, is chosen. */
  chance: number;
  compatibility: CompatibilityParts;
  /** How many applications wait for the student's choice. */
  waitingCount: number;
  createdAt: Date;
}

/** How well an order fits a tutor, 0 to 1: the weighted mean of all respects. */
export function fitOf(compatibility: CompatibilityParts): number {
  const respects = Object.entries(WEIGHTS) as [keyof CompatibilityParts, number][];
  return respects.reduce((sum, [respect, weight]) => sum + weight * (compatibility[respect] ?? UNKNOWN), 0);
}

/**
 * How much it is worth for a tutor to answer an order: the chance of being chosen, less for each rival and each day that
 * has passed, times how well the order fits. Only worths of one moment can be compared.
 */
export function worthOf({ chance, compatibility, waitingCount, createdAt }: Answerable, now: Date): number {
  const days = Math.max(0, (now.getTime() - createdAt.getTime()) / DAY_MS);
  const fit = UNFIT + (1 - UNFIT) * fitOf(compatibility);
  return (chance * fit * 0.5 ** (days / HALF_LIFE_DAYS)) / (1 + PER_RIVAL * waitingCount);
}
