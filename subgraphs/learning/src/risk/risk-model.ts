import { type Contributions, contributionsOf } from '@tutorgraph/kit/boosting/contributions';
import { boostedModelSchema, boostedScore } from '@tutorgraph/kit/boosting/model';
import { sigmoid } from '@tutorgraph/kit/boosting/objectives';
import { calibrationSchema } from '@tutorgraph/kit/boosting/probabilities';
import { z } from 'zod';
import { RISK_FEATURES } from './risk-features.js';
import { priorsOf } from './risk-priors.js';

/** How good a model was on students that it had not seen. */
export const riskFiguresSchema = z.object({
  students: z.int(),
  failed: z.int(),
  auc: z.number(),
  calibrationError: z.number(),
  precisionAtTop: z.number(),
});

/** A trained model as it stands in a file or a row. */
export const riskModelSchema = z.object({
  /** Where its outcomes came from. */
  source: z.string(),
  /** What a licence of the data wants said. */
  attribution: z.string().optional(),
  figures: riskFiguresSchema,
  calibration: calibrationSchema,
  boosted: boostedModelSchema.refine(
    ({ features }) =>
      features.length === RISK_FEATURES.length && features.every((name, at) => name === RISK_FEATURES[at]),
    { message: 'The model knows other features than this version; train it again with npm run risk:train' },
  ),
});

export type RiskFigures = z.infer<typeof riskFiguresSchema>;
export type RiskModel = z.infer<typeof riskModelSchema>;

/** The log-odds of not passing: calibrated, with what the model was never taught. @param row - as of `riskRow` */
export function riskLogOdds({ boosted, calibration }: RiskModel, row: readonly number[]): number {
  const learned = calibration.intercept + calibration.slope * boostedScore(boosted, row);
  return priorsOf(boosted, row).reduce((sum, prior) => sum + prior, learned);
}

/** The probability of not passing. @param row - as of `riskRow` */
export function riskProbability(model: RiskModel, row: readonly number[]): number {
  return sigmoid(riskLogOdds(model, row));
}

/** The probability as a whole number from 0 to 100. */
export function riskScore(model: RiskModel, row: readonly number[]): number {
  return Math.round(riskProbability(model, row) * 100);
}

/** What each feature did to the score: above 0 it raised the risk. */
export function riskContributions({ boosted, calibration }: RiskModel, row: readonly number[]): Contributions {
  const { base, features } = contributionsOf(boosted, row);
  const priors = priorsOf(boosted, row);
  return {
    base: calibration.intercept + calibration.slope * base,
    features: features.map((part, column) => part * calibration.slope + (priors[column] ?? 0)),
  };
}
