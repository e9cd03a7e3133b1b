import type { ModelContent } from '../ranking/ranking-model.js';

const WHOLE = 100;
const PARTS = 1_000;

/**
 * A model's score for people, 0 to 100: 50 for a tutor of whom the model would say nothing, whatever its own scale; the
 * same tutor has the same one for the same wish in every list.
 */
export function matchScore({ calibration }: ModelContent, score: number): number {
  const share = 1 / (1 + Math.exp(-calibration.slope * score));
  return Math.round(share * WHOLE * 10) / 10;
}

/** A chance of success for people, 0 to 1: more digits than three would promise what no model knows. */
export function toldChance(chance: number): number {
  return Math.round(chance * PARTS) / PARTS;
}
