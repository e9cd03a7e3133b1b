import { defineEntity, p } from '@mikro-orm/core';
import { MarketReview, MarketTutor } from '../market/market.entity.js';
import type { LearningStyle } from '../ranking/wish.js';
import type { Mention } from './mentions.rules.js';
import type { TutorTopic } from './topics.js';

/** Something that texts say of a tutor. */
export interface InsightTopic {
  topic: TutorTopic;
  /** In how many reviews it is said, and in how many of these it is praise and complaint; in the others it is only named. */
  mentions: number;
  praises: number;
  complaints: number;
  /** Does the tutor's own profile name it? */
  isClaimed: boolean;
}

const TutorInsightSchema = defineEntity({
  name: 'TutorInsight',
  tableName: 'tutor_insights',
  properties: {
    tutorId: () => p.manyToOne(MarketTutor).mapToPk().primary().fieldName('tutor_id').deleteRule('cascade'),
    /** What reviews and the profile are about: the most praised first. */
    topics: p.json<InsightTopic[]>(),
    /** How much of each way of teaching there is in the texts, 0 to 1. */
    styles: p.json<Partial<Record<LearningStyle, number>>>(),
    /** How well reviews speak of the tutor, -1 to 1; null when none says anything of it. */
    sentiment: p.float().columnType('real').nullable(),
    /** What was read and by which rules, so that it is read again only when one of them changes. */
    sourceHash: p.text(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What is said in a tutor's profile and reviews. */
export class TutorInsight extends TutorInsightSchema.class {}
TutorInsightSchema.setClass(TutorInsight);

const DueReadingSchema = defineEntity({
  name: 'DueReading',
  tableName: 'due_readings',
  indexes: [{ name: 'due_readings_oldest', properties: ['dueAt', 'tutorId'] }],
  properties: {
    // No foreign key: a review may come before its tutor does.
    tutorId: p.uuid().primary(),
    /** Grows with each change, so that one that comes while texts are read is not taken for read. */
    mark: p.integer().default(1),
    dueAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor whose texts may say something else than when they were read. Triggers of tutors and reviews note them. */
export class DueReading extends DueReadingSchema.class {}
DueReadingSchema.setClass(DueReading);

const ReviewReadingSchema = defineEntity({
  name: 'ReviewReading',
  tableName: 'review_readings',
  properties: {
    reviewId: () => p.manyToOne(MarketReview).mapToPk().primary().fieldName('review_id').deleteRule('cascade'),
    /** The text that was read. */
    textHash: p.text(),
    /** What is believed of the answer; empty when it was doubtful. */
    mentions: p.json<Mention[]>(),
    model: p.text(),
    readAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a model of an AI provider found in a review beside the rules. */
export class ReviewReading extends ReviewReadingSchema.class {}
ReviewReadingSchema.setClass(ReviewReading);
