import { trainBoosting } from '@tutorgraph/kit/boosting/boosting';
import { matrixOf } from '@tutorgraph/kit/boosting/matrix';
import { type BoostedModel, boostedScore } from '@tutorgraph/kit/boosting/model';
import { logistic } from '@tutorgraph/kit/boosting/objectives';
import {
  areaUnderCurve,
  calibrate,
  calibrated,
  calibrationError,
  precisionAtTop,
} from '@tutorgraph/kit/boosting/probabilities';
import { Cohort } from './cohort.js';
import { RISK_DIRECTIONS, RISK_FEATURES, riskRow, riskView } from './risk-features.js';
import type { RiskCourse, RiskHistory } from './risk-history.js';
import type { RiskFigures, RiskModel } from './risk-model.js';

/** A course that is over, with everybody who was in it. */
export interface RiskRun {
  course: RiskCourse;
  histories: readonly RiskHistory[];
  /** Of each history: 1 when they did not pass, 0 when they did; undefined while nobody knows, who is a peer only. */
  outcomes: readonly (number | undefined)[];
  /** Runs of one group are kept aside together when the model is measured: those of one module. */
  group: string;
}

/** A student on one day of a course. */
export interface RiskExample {
  row: readonly number[];
  label: number;
  /** What is kept aside together. */
  fold: number;
}

/** When in a course students are looked at: the model has to serve from its first weeks to its last. */
const SHARES_OF_COURSE = [0.04, 0.08, 0.12, 0.17, 0.2, 0.23, 0.26, 0.3, 0.34, 0.4, 0.47, 0.6, 0.8];
/** Each student is looked at on so many of these days: neighbouring days say nearly the same twice. */
const LOOKS = 4;
const FOLDS = 5;
const TOP = 0.1;
const OPTIONS = {
  rounds: 150,
  leaves: 4,
  depth: 2,
  learningRate: 0.06,
  l2: 5,
  leastHessian: 20,
  rowShare: 0.6,
  columnShare: 0.4,
  bins: 32,
  monotone: RISK_DIRECTIONS,
};

/** How to train; what is left out has the default. */
export interface RiskTrainingOptions {
  /** The same seed and runs give the same model. @default 1 */
  seed?: number;
  /** Told the share that is done. */
  onProgress?(share: number): void;
}

/**
 * Trains a model on courses that are over. Calibrated, and measured, on students of groups that were kept aside.
 *
 * It keeps its thread busy for seconds: call it in a worker.
 * @throws Error without students of both outcomes
 */
export function trainRiskModel(
  runs: readonly RiskRun[],
  source: Pick<RiskModel, 'source' | 'attribution'>,
  { seed = 1, onProgress }: RiskTrainingOptions = {},
): RiskModel {
  const examples = riskExamples(runs);
  const labels = new Set(examples.map(({ label }) => label));
  if (labels.size < 2) throw new Error('A risk model needs students who passed and students who did not; collect more');
  const folds = [...new Set(examples.map(({ fold }) => fold))];
  const aside = folds.flatMap((fold, index) => {
    const model = fit(
      examples.filter((example) => example.fold !== fold),
      seed,
    );
    onProgress?.((index + 1) / (folds.length + 1));
    return examples
      .filter((example) => example.fold === fold)
      .map(({ row, label }) => ({ score: boostedScore(model, row), label }));
  });
  const outcomes = aside.map(({ label }) => label);
  const calibration = calibrate(
    aside.map(({ score }) => score),
    outcomes,
  );
  const boosted = fit(examples, seed);
  onProgress?.(1);
  return {
    ...source,
    figures: figuresOf(
      aside.map(({ score }) => calibrated(calibration, score)),
      outcomes,
      runs,
    ),
    calibration,
    boosted,
  };
}

/** What predictions are worth. */
export function predictionFigures(probabilities: readonly number[], outcomes: readonly number[]) {
  return {
    auc: areaUnderCurve(probabilities, outcomes),
    calibrationError: calibrationError(probabilities, outcomes),
    precisionAtTop: precisionAtTop(probabilities, outcomes, TOP),
  };
}

function figuresOf(probabilities: number[], outcomes: number[], runs: readonly RiskRun[]): RiskFigures {
  const ends = runs.flatMap((run) => run.outcomes.filter((outcome) => outcome !== undefined));
  const failed = ends.filter((outcome) => outcome === 1).length;
  return { students: ends.length, failed, ...predictionFigures(probabilities, outcomes) };
}

function fit(examples: readonly RiskExample[], seed: number): BoostedModel {
  const features = matrixOf(examples.map(({ row }) => row));
  const labels = examples.map(({ label }) => label);
  return trainBoosting(RISK_FEATURES, features, logistic(labels), { ...OPTIONS, seed });
}

/** Students whose outcome is known, each on some days before it. */
export function riskExamples(runs: readonly RiskRun[]): RiskExample[] {
  const groups = [...new Set(runs.map(({ group }) => group))];
  const areFolds = groups.length >= FOLDS;
  return runs.flatMap(({ course, histories, outcomes, group }) => {
    const cohorts = SHARES_OF_COURSE.map(
      (share) => new Cohort(course, histories, Math.round(share * course.lengthDays)),
    );
    return histories.flatMap((history, index) => {
      const label = outcomes[index];
      if (label === undefined) return [];
      const fold = areFolds ? groups.indexOf(group) : index % FOLDS;
      return someOf(cohorts, index)
        .filter(({ day }) => day < (history.endDay ?? Number.POSITIVE_INFINITY))
        .map((cohort) => ({ row: riskRow(riskView(history, cohort)), label, fold }));
    });
  });
}

/** So many of the items as there are looks, evenly spread, others for each student. */
function someOf<T>(items: readonly T[], student: number): T[] {
  const step = items.length / LOOKS;
  return items.filter((_, index) => (index + student) % step < 1);
}
