import { z } from 'zod';
import { sigmoid } from './objectives.js';

/** Makes probabilities of raw scores: `sigmoid(intercept + slope × score)`. */
export const calibrationSchema = z.object({ slope: z.number(), intercept: z.number() });

export type Calibration = z.infer<typeof calibrationSchema>;

const STEPS = 50;
const SETTLED = 1e-10;

export function calibrated({ slope, intercept }: Calibration, score: number): number {
  return sigmoid(intercept + slope * score);
}

/**
 * Fits a calibration to scores of rows that the model was not trained on (Platt, "Probabilistic Outputs for Support
 * Vector Machines", 1999), by Newton's method. A model that ranks backwards on them gets a slope of 0: every row the
 * base rate, rather than the wrong way round.
 *
 * @param labels 1 or 0 for each score
 */
export function calibrate(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const positives = Array.from(labels).filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  // Nothing is certain (Platt's own targets): the equations have a solution where the scores divide the rows, too.
  const [yes, no] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  const baseRate = Math.log((positives + 1) / (negatives + 1));
  // From a slope of 0 on: where the sigmoid is flat, Newton's steps overshoot.
  let [slope, intercept] = [0, baseRate];
  for (let step = 0; step < STEPS; step++) {
    // A breath of ridge keeps the equations solvable when all scores are equal.
    let [gradientSlope, gradientIntercept, slopes, both, intercepts] = [0, 0, 1e-9, 0, 1e-9];
    for (let row = 0; row < scores.length; row++) {
      const score = scores[row] ?? 0;
      const probability = sigmoid(intercept + slope * score);
      const error = probability - (labels[row] ? yes : no);
      const weight = probability * (1 - probability);
      gradientSlope += error * score;
      gradientIntercept += error;
      slopes += weight * score * score;
      both += weight * score;
      intercepts += weight;
    }
    const determinant = slopes * intercepts - both * both;
    const slopeStep = (intercepts * gradientSlope - both * gradientIntercept) / determinant;
    const interceptStep = (slopes * gradientIntercept - both * gradientSlope) / determinant;
    slope -= slopeStep;
    intercept -= interceptStep;
    if (Math.abs(slopeStep) + Math.abs(interceptStep) < SETTLED) break;
  }
  return slope > 0 && Number.isFinite(intercept) ? { slope, intercept } : { slope: 0, intercept: baseRate };
}

/** The chance that a row of label 1 has the greater prediction than one of label 0; NaN without rows of both kinds. */
export function areaUnderCurve(predictions: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = rising(predictions);
  let [positives, ranks, first] = [0, 0, 0];
  while (first < order.length) {
    let after = first;
    while (after < order.length && predictions[order[after] ?? 0] === predictions[order[first] ?? 0]) after++;
    // Equal predictions share the mean of their ranks.
    const rank = (first + 1 + after) / 2;
    for (const row of order.slice(first, after)) {
      if (labels[row]) {
        positives++;
        ranks += rank;
      }
    }
    first = after;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (labels.length - positives));
}

/** Expected calibration error: by how much predicted and real shares differ, in ten equal steps of probability. */
export function calibrationError(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  const differences = new Float64Array(10);
  for (let row = 0; row < probabilities.length; row++) {
    const probability = probabilities[row] ?? 0;
    const step = Math.min(9, Math.floor(probability * 10));
    differences[step] = (differences[step] ?? 0) + probability - (labels[row] ?? 0);
  }
  return differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / probabilities.length;
}

/** How many of the rows with the greatest predictions have label 1, as a share. @param share - of all rows */
export function precisionAtTop(predictions: ArrayLike<number>, labels: ArrayLike<number>, share: number): number {
  const top = rising(predictions)
    .toReversed()
    .slice(0, Math.max(1, Math.round(predictions.length * share)));
  return top.filter((row) => labels[row]).length / top.length;
}

function rising(predictions: ArrayLike<number>): number[] {
  const rows = Array.from(predictions, (_, row) => row);
  return rows.sort((a, b) => (predictions[a] ?? 0) - (predictions[b] ?? 0));
}
