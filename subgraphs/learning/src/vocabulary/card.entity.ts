import { defineEntity, p } from '@mikro-orm/core';
import { type EnglishEditKind, englishEditKinds } from '../english/english-check.js';
import { Lesson } from '../lessons/lesson.entity.js';
import { Student } from '../students/student.entity.js';
import { type CardSource, cardSources } from './card.rules.js';
import { type CardRating, type CardState, cardRatings, cardStates } from './scheduler.js';

const VocabularyCardSchema = defineEntity({
  name: 'VocabularyCard',
  tableName: 'vocabulary_cards',
  indexes: [
    { name: 'vocabulary_cards_newest', properties: ['studentId', 'createdAt', 'id'] },
    {
      name: 'vocabulary_cards_due',
      expression: `create index vocabulary_cards_due on learning.vocabulary_cards (student_id, due_at, id) where suspended_at is null`,
    },
    { name: 'vocabulary_cards_of_lesson', properties: ['lessonId'] },
  ],
  uniques: [{ name: 'vocabulary_cards_key_unique', properties: ['studentId', 'dedupeKey'] }],
  checks: [
    { name: 'vocabulary_cards_front_check', expression: `length(front) between 1 and 500` },
    { name: 'vocabulary_cards_back_check', expression: `length(back) between 1 and 1000` },
    { name: 'vocabulary_cards_context_check', expression: `length(context) between 1 and 500` },
    { name: 'vocabulary_cards_lesson_check', expression: `lesson_id is null or source = 'LESSON'` },
    {
      name: 'vocabulary_cards_memory_check',
      expression: `(state = 'NEW') = (review_count = 0) and (state = 'NEW') = (last_reviewed_at is null) and (state = 'NEW') = (introduced_at is null)`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    front: p.text(),
    back: p.text(),
    /** A sentence in which the word stands. */
    context: p.text().nullable(),
    /** What mistake it is about; null when it is about none. */
    kind: p.enum(englishEditKinds).$type<EnglishEditKind>().nullable(),
    source: p.enum(cardSources).$type<CardSource>(),
    /** From which lesson, as long as there is that lesson. */
    lessonId: () => p.manyToOne(Lesson).mapToPk().fieldName('lesson_id').deleteRule('set null').nullable(),
    /** The same of a student's cards that would teach the same. */
    dedupeKey: p.text(),
    state: p.enum(cardStates).$type<CardState>(),
    dueAt: p.datetime().columnType('timestamptz'),
    stability: p.double().$type<number>(),
    difficulty: p.double().$type<number>(),
    scheduledDays: p.integer(),
    learningStep: p.integer(),
    reviewCount: p.integer(),
    lapses: p.integer(),
    lastReviewedAt: p.datetime().columnType('timestamptz').nullable(),
    /** When it was reviewed first. */
    introducedAt: p.datetime().columnType('timestamptz').nullable(),
    suspendedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Something that a student learns by heart, and how well they know it. */
export class VocabularyCard extends VocabularyCardSchema.class {}
VocabularyCardSchema.setClass(VocabularyCard);

const VocabularyReviewSchema = defineEntity({
  name: 'VocabularyReview',
  tableName: 'vocabulary_reviews',
  // Of two devices at once only one can write a card's next review.
  uniques: [{ name: 'vocabulary_reviews_number_unique', properties: ['cardId', 'number'] }],
  triggers: [
    {
      name: 'vocabulary_reviews_append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'row',
      // A review goes when its card has gone.
      body: `if tg_op = 'DELETE' and not exists (select from learning.vocabulary_cards where id = old.card_id) then return old; end if;
raise exception 'Reviews are append-only' using errcode = 'insufficient_privilege';`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    cardId: () => p.manyToOne(VocabularyCard).mapToPk().fieldName('card_id').deleteRule('cascade'),
    /** From 1 on. */
    number: p.integer(),
    rating: p.enum(cardRatings).$type<CardRating>(),
    /** The card's memory before it, by which a better schedule can be found for the school's own students. */
    stateBefore: p.enum(cardStates).$type<CardState>(),
    stabilityBefore: p.double().$type<number>(),
    difficultyBefore: p.double().$type<number>(),
    dueBefore: p.datetime().columnType('timestamptz'),
    /** Whole days since the review before it. */
    elapsedDays: p.integer(),
    reviewedAt: p.datetime().columnType('timestamptz'),
  },
});

/** How well somebody knew a card at one time. The database refuses to change it. */
export class VocabularyReview extends VocabularyReviewSchema.class {}
VocabularyReviewSchema.setClass(VocabularyReview);
