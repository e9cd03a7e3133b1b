import { defineEntity, p } from '@mikro-orm/core';
import { Submission } from '../submissions/submission.entity.js';
import {
  type AnnotationKind,
  annotationKinds,
  type GivenScore,
  type ReviewDecision,
  reviewDecisions,
} from './review.rules.js';

const SubmissionReviewSchema = defineEntity({
  name: 'SubmissionReview',
  tableName: 'homework_reviews',
  indexes: [{ name: 'homework_reviews_newest', properties: ['createdAt', 'id'] }],
  uniques: [{ name: 'homework_reviews_number_unique', properties: ['submissionId', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    submissionId: () => p.manyToOne(Submission).mapToPk().fieldName('submission_id').deleteRule('cascade'),
    /** 1, then one more each time that somebody thinks again. */
    number: p.integer(),
    /** The curator's account; null once it is erased. */
    reviewerId: p.uuid().nullable(),
    decision: p.enum(reviewDecisions).$type<ReviewDecision>(),
    scores: p.json<readonly GivenScore[]>(),
    score: p.integer(),
    comment: p.text().nullable(),
    /** What the check had given; null when it had given none. */
    aiScore: p.integer().nullable(),
    /** How many edits the check had proposed, and which of them are not to stand. */
    editCount: p.integer().default(0),
    dismissedEdits: p.json<readonly string[]>(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a curator decided on a submission. Rows are only added: the last one stands. */
export class SubmissionReview extends SubmissionReviewSchema.class {}
SubmissionReviewSchema.setClass(SubmissionReview);

const SubmissionAnnotationSchema = defineEntity({
  name: 'SubmissionAnnotation',
  tableName: 'homework_annotations',
  indexes: [{ name: 'homework_annotations_of_submission', properties: ['submissionId', 'start', 'id'] }],
  checks: [{ name: 'homework_annotations_span_check', expression: `starts_at >= 0 and ends_at > starts_at` }],
  properties: {
    id: p.uuid().primary(),
    submissionId: () => p.manyToOne(Submission).mapToPk().fieldName('submission_id').deleteRule('cascade'),
    /** Which characters of the text, in UTF-16 units; `end` is the first one that is not meant. */
    start: p.integer().fieldName('starts_at'),
    end: p.integer().fieldName('ends_at'),
    kind: p.enum(annotationKinds).$type<AnnotationKind>(),
    comment: p.text(),
    /** The curator's account; null once it is erased. */
    authorId: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A note of a curator at a place in the text. */
export class SubmissionAnnotation extends SubmissionAnnotationSchema.class {}
SubmissionAnnotationSchema.setClass(SubmissionAnnotation);
