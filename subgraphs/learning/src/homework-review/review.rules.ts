import { z } from 'zod';
import type { RubricCriterion } from '../homework/homework.rules.js';
import { longText, reference, text } from '../input.rules.js';

/** What a curator decides. */
export const reviewDecisions = ['ACCEPT', 'RETURN'] as const;
/** @see reviewDecisions */
export type ReviewDecision = (typeof reviewDecisions)[number];

/** What a note in the text is. */
export const annotationKinds = ['MISTAKE', 'SUGGESTION', 'QUESTION', 'PRAISE'] as const;
/** @see annotationKinds */
export type AnnotationKind = (typeof annotationKinds)[number];

/** What a curator gives for one criterion. */
export interface GivenScore {
  criterionId: string;
  score: number;
}

const MOST_ANNOTATIONS = 200;

const annotation = z
  .object({
    start: z.int().min(0),
    end: z.int().min(1),
    /** What stands there, so that a note never comes to stand elsewhere. */
    quote: z.string().min(1).max(20_000),
    kind: z.enum(annotationKinds),
    comment: text(1, 2_000),
  })
  .refine(({ start, end }) => start < end, { path: ['end'] });

/** A review as it is sent. */
export const newReview = z.object({
  submissionId: reference,
  expectedRevision: z.int().min(1),
  decision: z.enum(reviewDecisions),
  scores: z.array(z.object({ criterionId: z.string().max(20), score: z.int().min(0).max(1_000) })).max(12),
  comment: longText(10_000).nullish(),
  annotations: z
    .array(annotation)
    .max(MOST_ANNOTATIONS)
    .nullish()
    .transform((list) => list ?? []),
  dismissedEdits: z
    .array(z.string().max(20))
    .max(2_000)
    .nullish()
    .transform((list) => [...new Set(list ?? [])]),
});
/** @see newReview */
export type NewReview = z.output<typeof newReview>;

/** Which scores do not fit the rubric: each criterion needs one, once, of no more than its points. */
export function misfits(rubric: readonly RubricCriterion[], scores: readonly GivenScore[]): number[] {
  const points = new Map(rubric.map(({ id, points: most }) => [id, most]));
  const seen = new Set<string>();
  return scores.flatMap(({ criterionId, score }, index) => {
    const fits = !seen.has(criterionId) && score <= (points.get(criterionId) ?? -1);
    seen.add(criterionId);
    return fits ? [] : [index];
  });
}

/** Which notes do not stand where they say in the text. */
export function misplaced(submitted: string, annotations: NewReview['annotations']): number[] {
  return annotations.flatMap(({ start, end, quote }, index) => {
    return submitted.slice(start, end) === quote && end <= submitted.length ? [] : [index];
  });
}
