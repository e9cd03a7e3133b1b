/**
 * What boosting lowers. It holds the labels, and groups and weights where it has them, so that a ranking of groups
 * (LambdaMART) is an objective like any other.
 */
export interface Objective {
  /** The score that every row begins with. */
  baseScore: number;
  /** Writes the first and second derivative of the loss by each row's score. */
  gradients(scores: Float64Array, gradient: Float64Array, hessian: Float64Array): void;
}

const LEAST_HESSIAN = 1e-16;
const LEAST_PROBABILITY = 1e-12;

/** The probability that a raw score of the logistic objective stands for. */
export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** Log loss of two outcomes. @param labels 1 or 0 for each row */
export function logistic(labels: ArrayLike<number>, weights?: ArrayLike<number>): Objective {
  let [sum, total] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    sum += (labels[row] ?? 0) * (weights?.[row] ?? 1);
    total += weights?.[row] ?? 1;
  }
  const share = clamped(sum / total);
  return {
    baseScore: Math.log(share / (1 - share)),
    gradients(scores, gradient, hessian) {
      for (let row = 0; row < scores.length; row++) {
        const probability = sigmoid(scores[row] ?? 0);
        const weight = weights?.[row] ?? 1;
        gradient[row] = (probability - (labels[row] ?? 0)) * weight;
        hessian[row] = Math.max(probability * (1 - probability), LEAST_HESSIAN) * weight;
      }
    },
  };
}

/** The mean log loss of raw scores: what early stopping of a logistic model watches. */
export function logLoss(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const probability = clamped(sigmoid(scores[row] ?? 0));
    loss -= labels[row] ? Math.log(probability) : Math.log(1 - probability);
  }
  return loss / labels.length;
}

function clamped(probability: number): number {
  return Math.min(Math.max(probability, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
}

/** The same objective for trees that add to scores which are there already, such as another model's. */
export function startingFrom(offsets: Float64Array, objective: Objective): Objective {
  return {
    baseScore: objective.baseScore,
    gradients(scores, gradient, hessian) {
      const whole = scores.map((score, row) => score + (offsets[row] ?? 0));
      objective.gradients(whole, gradient, hessian);
    },
  };
}
