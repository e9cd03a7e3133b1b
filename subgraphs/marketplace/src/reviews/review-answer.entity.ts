import { defineEntity, p } from '@mikro-orm/core';
import { type ContentState, contentStates } from '../moderation/moderation.states.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { Review } from './review.entity.js';

const ReviewAnswerSchema = defineEntity({
  name: 'ReviewAnswer',
  tableName: 'review_answers',
  uniques: [{ name: 'review_answers_once', properties: ['reviewId'] }],
  indexes: [{ name: 'review_answers_of_tutor', properties: ['tutorId', 'createdAt', 'id'] }],
  checks: [{ name: 'review_answers_text_check', expression: 'length(text) >= 1 and length(text) <= 2000' }],
  properties: {
    id: p.uuid().primary(),
    reviewId: () => p.manyToOne(Review).mapToPk().fieldName('review_id').deleteRule('cascade'),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    text: p.text(),
    /** Only a published one is seen by others. */
    state: p.enum(contentStates).$type<ContentState>(),
    /** Counts changes. */
    version: p.integer(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a tutor answers to a review. */
export class ReviewAnswer extends ReviewAnswerSchema.class {}
ReviewAnswerSchema.setClass(ReviewAnswer);
