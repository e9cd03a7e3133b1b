import { contributionsOf as boostedContributions } from '@tutorgraph/kit/boosting/contributions';
import { boostedModelSchema, boostedScore } from '@tutorgraph/kit/boosting/model';
import { calibrated, calibrationSchema } from '@tutorgraph/kit/boosting/probabilities';
import { z } from 'zod';
import { FEATURE_NAMES, type FeatureName } from './features.js';
import { HAND_MADE_TERMS } from './hand-made-weights.js';

const UNKNOWN_FEATURE = 'The model asks for a feature that this version does not count; train it again';

const termSchema = z.object({
  feature: z.enum(FEATURE_NAMES),
  weight: z.number(),
  usual: z.number(),
  missing: z.number().optional(),
});

/** A sum of what each feature does; what is chosen by hand. */
const weightedSchema = z.object({
  kind: z.literal('WEIGHTED'),
  terms: z.array(termSchema).min(1).max(FEATURE_NAMES.length),
  calibration: calibrationSchema,
});

/**
 * Boosted trees that correct a weighted sum; what is trained. They may know fewer features than this version counts, and
 * in another order.
 */
const boostedSchema = z.object({
  kind: z.literal('BOOSTED'),
  /** What the trees add to. */
  prior: z.array(termSchema).max(FEATURE_NAMES.length),
  boosted: boostedModelSchema.refine(({ features }) => features.every(isFeature), { message: UNKNOWN_FEATURE }),
  /** Of each feature of the trees, how much it moved the scores of rows kept aside, prior included. */
  importance: z.array(z.number()),
  calibration: calibrationSchema,
});

/** A model as it stands in a row of the table, or a file. */
export const rankingModelSchema = z.discriminatedUnion('kind', [weightedSchema, boostedSchema]);

/** @see rankingModelSchema */
export type ModelContent = z.infer<typeof rankingModelSchema>;

/** What a model says of one tutor for one wish. */
export interface Ranked {
  /** The higher the better. Only scores of one wish can be compared. */
  score: number;
  /** How likely it is that this tutor, when shown, is chosen or booked: 0 to 1, calibrated. */
  chance: number;
}

/** What ranks until there is data. */
export const HAND_MADE: ModelContent = {
  kind: 'WEIGHTED',
  terms: [...HAND_MADE_TERMS],
  // Of ten usual tutors who are shown, one or two are chosen.
  calibration: { slope: 1, intercept: -1.8 },
};

/** Ranks tutors for one wish. @param rows - as featureRow gives them; the answer has the same order */
export function rankRows(model: ModelContent, rows: readonly (readonly number[])[]): Ranked[] {
  const scoreOf = scorerOf(model);
  return rows.map((row) => {
    const score = scoreOf(row);
    return { score, chance: calibrated(model.calibration, score) };
  });
}

/**
 * What each feature did to the score of one tutor, in the order of FEATURE_NAMES: above 0 it raised it. Of trees these
 * are Shapley values, against the mean of what the model learned from; of weights, against the usual tutor.
 */
export function contributionsOf(model: ModelContent, row: readonly number[]): number[] {
  const parts = new Array<number>(FEATURE_NAMES.length).fill(0);
  for (const term of termsOf(model)) parts[placeOf(term.feature)] = partOf(term, row);
  if (model.kind === 'WEIGHTED') return parts;
  const { features: names } = model.boosted;
  const { features } = boostedContributions(model.boosted, boostedRow(names, row));
  for (const [column, name] of names.entries()) {
    const place = placeOf(name);
    parts[place] = (parts[place] ?? 0) + (features[column] ?? 0);
  }
  return parts;
}

/**
 * How much each feature decides, as shares of the whole, the greatest first: of trained models by how far it moves
 * scores, of weights by their size.
 */
export function importanceOf(model: ModelContent): { feature: string; share: number }[] {
  const sizes =
    model.kind === 'WEIGHTED'
      ? model.terms.map(({ feature, weight }) => ({ feature, size: Math.abs(weight) }))
      : model.boosted.features.map((feature, column) => ({ feature, size: model.importance[column] ?? 0 }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0) || 1;
  return sizes.map(({ feature, size }) => ({ feature, share: size / total })).sort((a, b) => b.share - a.share);
}

function scorerOf(model: ModelContent): (row: readonly number[]) => number {
  const terms = termsOf(model);
  const weighted = (row: readonly number[]) => terms.reduce((sum, term) => sum + partOf(term, row), 0);
  if (model.kind === 'WEIGHTED') return weighted;
  const { boosted } = model;
  const isUsualOrder = boosted.features.every((name, column) => name === FEATURE_NAMES[column]);
  return (row) => weighted(row) + boostedScore(boosted, isUsualOrder ? row : boostedRow(boosted.features, row));
}

function termsOf(model: ModelContent) {
  return model.kind === 'WEIGHTED' ? model.terms : model.prior;
}

function partOf({ feature, weight, usual, missing = 0 }: z.infer<typeof termSchema>, row: readonly number[]): number {
  const value = row[placeOf(feature)] ?? Number.NaN;
  return Number.isNaN(value) ? missing : weight * (value - usual);
}

/** The row as a model wants it that has its features in an order of its own. */
function boostedRow(features: readonly string[], row: readonly number[]): number[] {
  return features.map((name) => row[placeOf(name)] ?? Number.NaN);
}

const places = new Map<string, number>(FEATURE_NAMES.map((name, place) => [name, place]));

function placeOf(name: string): number {
  return places.get(name) ?? -1;
}

function isFeature(name: string): name is FeatureName {
  return places.has(name);
}
