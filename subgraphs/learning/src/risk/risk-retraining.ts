import { logLoss, sigmoid } from '@tutorgraph/kit/boosting/objectives';
import { hash } from '@tutorgraph/kit/demo/random';
import { type RiskFigures, type RiskModel, riskLogOdds } from './risk-model.js';
import { predictionFigures, type RiskRun, riskExamples, trainRiskModel } from './risk-training.js';

/** What to train on, and what to be better than. */
export interface Retraining {
  runs: readonly RiskRun[];
  running: RiskModel;
  source: string;
  /** How many students of either outcome are needed. */
  leastOutcomes: number;
}

/** What came of it. */
export type Retrained =
  | { kind: 'TOO_FEW'; passed: number; failed: number }
  | {
      kind: 'TRAINED';
      model: RiskModel;
      /** Of both models on the same students, whom neither was trained on now. */
      heldOut: { candidate: RiskFigures; running: RiskFigures };
      isBetter: boolean;
    };

/** Of so many students one is kept aside for the comparison. */
const HELD_OUT = 4;
/** A model that ranks no better than by this is not worth a change. */
const LEAST_GAIN = 0.005;

/**
 * Trains on the school's own outcomes and compares with the model that runs, on students who were kept aside. It is
 * better when it ranks them better and its probabilities are nearer to the truth (log loss).
 *
 * It keeps its thread busy for seconds: call it in a worker.
 */
export function retrainRiskModel({ runs, running, source, leastOutcomes }: Retraining): Retrained {
  const known = runs.flatMap(({ outcomes }) => outcomes);
  const [passed, failed] = [0, 1].map((outcome) => known.filter((one) => one === outcome).length);
  if (Math.min(passed ?? 0, failed ?? 0) < leastOutcomes) {
    return { kind: 'TOO_FEW', passed: passed ?? 0, failed: failed ?? 0 };
  }
  const model = trainRiskModel(part(runs, false), { source });
  const aside = part(runs, true);
  const [candidate, old] = [trialOf(aside, model), trialOf(aside, running)];
  return {
    kind: 'TRAINED',
    model,
    heldOut: { candidate: candidate.figures, running: old.figures },
    isBetter: candidate.figures.auc >= old.figures.auc + LEAST_GAIN && candidate.loss < old.loss,
  };
}

/** The runs with the outcomes of one part of the students; the others are there as peers only. */
function part(runs: readonly RiskRun[], isHeldOut: boolean): RiskRun[] {
  return runs.map((run) => ({
    ...run,
    outcomes: run.outcomes.map((outcome, index) => {
      const isAside = hash(run.histories[index]?.studentId ?? '') % HELD_OUT === 0;
      return isAside === isHeldOut ? outcome : undefined;
    }),
  }));
}

function trialOf(runs: readonly RiskRun[], model: RiskModel): { figures: RiskFigures; loss: number } {
  const examples = riskExamples(runs);
  const labels = examples.map(({ label }) => label);
  const scores = examples.map(({ row }) => riskLogOdds(model, row));
  const ends = runs.flatMap(({ outcomes }) => outcomes.filter((outcome) => outcome !== undefined));
  const failed = ends.filter((outcome) => outcome === 1).length;
  return {
    figures: { students: ends.length, failed, ...predictionFigures(scores.map(sigmoid), labels) },
    loss: logLoss(labels, scores),
  };
}
