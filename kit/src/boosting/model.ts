import { z } from 'zod';
import { treeSchema, treeScore } from './tree.js';

/** Rises when older readers would misread what is written. */
export const BOOSTED_MODEL_VERSION = 1;

/** A trained model as it stands in a file or a row of a table. */
export const boostedModelSchema = z
  .object({
    version: z.literal(BOOSTED_MODEL_VERSION),
    /** The names of the features, in the order in which a row has them. */
    features: z.array(z.string()).min(1),
    /** The raw score of a row before any tree. */
    baseScore: z.number(),
    trees: z.array(treeSchema),
  })
  .refine(({ features, trees }) => trees.every((tree) => tree.feature.every((column) => column < features.length)), {
    message: 'A tree asks for a feature that the model has no name for; train it again',
  });

export type BoostedModel = z.infer<typeof boostedModelSchema>;

/** The raw score of a row: what the objective's link function (a sigmoid, say) makes a prediction of. */
export function boostedScore(model: BoostedModel, row: ArrayLike<number>): number {
  return model.trees.reduce((score, tree) => score + treeScore(tree, row), model.baseScore);
}

/** Of each feature, how much all its splits lowered the loss, as a share of what all features did. */
export function featureImportance({ features, trees }: BoostedModel): number[] {
  const gains = new Array<number>(features.length).fill(0);
  for (const { feature, gain } of trees) {
    for (const [node, column] of feature.entries()) {
      if (column >= 0) gains[column] = (gains[column] ?? 0) + (gain[node] ?? 0);
    }
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return gains.map((gain) => (total > 0 ? gain / total : 0));
}
