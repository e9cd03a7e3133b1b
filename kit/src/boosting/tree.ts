import { z } from 'zod';

/** What `leaf` and `feature` hold where a node is a leaf. */
export const LEAF = -1;

/**
 * A regression tree: one entry of each list a node, the root first. A row goes left where its feature is at most the
 * threshold.
 */
export const treeSchema = z
  .object({
    /** What the node asks for; -1 for a leaf. */
    feature: z.array(z.int()),
    threshold: z.array(z.number()),
    left: z.array(z.int()),
    right: z.array(z.int()),
    /** Where a missing value goes. */
    missingLeft: z.array(z.boolean()),
    /** What a leaf adds to the score; 0 elsewhere. */
    value: z.array(z.number()),
    /** The sum of hessians that came by in training. */
    cover: z.array(z.number()),
    /** By how much the split lowered the loss; 0 for a leaf. */
    gain: z.array(z.number()),
  })
  .superRefine((tree, context) => {
    const nodes = tree.feature.length;
    const isWhole = Object.values(tree).every((list) => list.length === nodes) && nodes > 0;
    // Children come after their parent, so that no damaged file can send a row round in a circle.
    const leadsOn = tree.feature.every((feature, node) => {
      const children = [tree.left[node] ?? 0, tree.right[node] ?? 0];
      return feature === LEAF || children.every((child) => child > node && child < nodes);
    });
    if (!isWhole || !leadsOn) context.addIssue({ code: 'custom', message: 'The tree is damaged; train it again' });
  });

export type Tree = z.infer<typeof treeSchema>;

/**
 * The node that a row goes to from a node that is not a leaf.
 *
 * @param start - where the row begins, in a list of many
 */
export function childOf(tree: Tree, node: number, row: ArrayLike<number>, start = 0): number {
  const value = row[start + (tree.feature[node] ?? 0)] ?? Number.NaN;
  const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] : value <= (tree.threshold[node] ?? 0);
  return (goesLeft ? tree.left[node] : tree.right[node]) ?? 0;
}

/** What the tree adds to the score of a row. @param start - where the row begins, in a list of many */
export function treeScore(tree: Tree, row: ArrayLike<number>, start = 0): number {
  let node = 0;
  while (tree.feature[node] !== LEAF) node = childOf(tree, node, row, start);
  return tree.value[node] ?? 0;
}
