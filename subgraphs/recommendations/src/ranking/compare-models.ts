import { groupsOf, ndcgOf, type RankedGroups, weightedMean } from '@tutorgraph/kit/boosting/ndcg';
import { calibrationError } from '@tutorgraph/kit/boosting/probabilities';
import { Random } from '@tutorgraph/kit/demo/random';
import { SUCCESS } from './grades.rules.js';
import { type PositionBias, weightOf } from './position-bias.js';
import type { LoggedList } from './ranking-dataset.js';
import { type ModelContent, rankRows } from './ranking-model.js';

/** How two models do on the same lists. */
export interface ModelComparison {
  candidate: ModelFigures;
  running: ModelFigures;
  /** By how much the candidate's NDCG is above the other's, and between what it lies with a certainty of 95 %. */
  difference: { ndcg: number; low: number; high: number };
}

/** How one model does. */
export interface ModelFigures {
  /** NDCG of the top places, corrected by how likely each place was looked at. */
  ndcg: number;
  /** The same as it was logged: whoever stood at the top then is favoured. */
  loggedNdcg: number;
  /** By how much chances and real shares of success differ, 0 to 1. */
  calibrationError: number;
}

const RESAMPLES = 1_000;
const TAIL = 0.025;

/**
 * Compares two models on lists that neither was trained on: paired, resampled a thousand times by unit (cluster
 * bootstrap; Efron and Tibshirani, "An Introduction to the Bootstrap", 1993), because lists of one order resemble each
 * other.
 *
 * @param top - how many places count
 */
export function compareModels(
  models: { candidate: ModelContent; running: ModelContent },
  lists: readonly LoggedList[],
  bias: PositionBias,
  top: number,
): ModelComparison {
  const groups = gradedGroups(lists, bias);
  const [candidate, running] = [models.candidate, models.running].map((model) => trialOf(model, lists, groups, top));
  if (!candidate || !running) throw new Error('Two models are compared');
  const differences = candidate.ndcgs.map((ndcg, list) => ndcg - (running.ndcgs[list] ?? 0));
  return {
    candidate: candidate.figures,
    running: running.figures,
    difference: { ndcg: weightedMean(differences, groups.weights), ...intervalOf(differences, groups.weights, lists) },
  };
}

/** Lists as groups to rank: grades as labels, each row counting for those at its place whom nobody looked at. */
export function gradedGroups(lists: readonly LoggedList[], bias: PositionBias): RankedGroups {
  const rows = lists.flatMap((list) => list.rows);
  return groupsOf(
    rows.map(({ grade }) => grade),
    lists.map((list) => list.rows.length),
    rows.map(({ position }) => weightOf(bias, position)),
  );
}

function trialOf(model: ModelContent, lists: readonly LoggedList[], groups: RankedGroups, top: number) {
  const rows = lists.flatMap((list) => list.rows);
  const ranked = rankRows(
    model,
    rows.map(({ features }) => features),
  );
  const scores = ranked.map(({ score }) => score);
  const ndcgs = ndcgOf(groups, scores, top);
  const logged = groupsOf(
    rows.map(({ grade }) => grade),
    lists.map((list) => list.rows.length),
  );
  const figures: ModelFigures = {
    ndcg: weightedMean(ndcgs, groups.weights),
    loggedNdcg: weightedMean(ndcgOf(logged, scores, top), logged.weights),
    calibrationError: calibrationError(
      ranked.map(({ chance }) => chance),
      rows.map(({ grade }) => Number(grade >= SUCCESS)),
    ),
  };
  return { ndcgs, figures };
}

/** Between what the mean lies, were other units drawn. */
function intervalOf(values: Float64Array, weights: Float64Array, lists: readonly LoggedList[]) {
  const units = new Map<string, { sum: number; weight: number }>();
  for (const [index, { unit }] of lists.entries()) {
    const [value, weight] = [values[index] ?? Number.NaN, weights[index] ?? 0];
    if (Number.isNaN(value)) continue;
    const { sum, weight: total } = units.get(unit) ?? { sum: 0, weight: 0 };
    units.set(unit, { sum: sum + value * weight, weight: total + weight });
  }
  const drawn = [...units.values()];
  const random = new Random('compare models');
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let [sum, total] = [0, 0];
    for (let draw = 0; draw < drawn.length; draw++) {
      const unit = random.pick(drawn);
      sum += unit.sum;
      total += unit.weight;
    }
    return sum / total;
  }).sort();
  const at = (share: number) => means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))] ?? Number.NaN;
  return { low: at(TAIL), high: at(1 - TAIL) };
}
