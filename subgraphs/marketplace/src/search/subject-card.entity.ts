import { defineEntity, p } from '@mikro-orm/core';
import { TutorCard } from './tutor-card.entity.js';

const SubjectCardSchema = defineEntity({
  name: 'SubjectCard',
  tableName: 'subject_cards',
  indexes: [
    { name: 'subject_cards_best', properties: ['subjectId', 'quality', 'tutorId'] },
    { name: 'subject_cards_best_rated', properties: ['subjectId', 'rating', 'tutorId'] },
    { name: 'subject_cards_newest', properties: ['subjectId', 'createdAt', 'tutorId'] },
    { name: 'subject_cards_most_experienced', properties: ['subjectId', 'experienceYears', 'tutorId'] },
    { name: 'subject_cards_cheapest', properties: ['subjectId', 'currency', 'rateMinor', 'tutorId'] },
    { name: 'subject_cards_cheapest_of_all', properties: ['currency', 'rateMinor', 'tutorId'] },
    // For all currencies one after another, each from its highest rate.
    {
      name: 'subject_cards_dearest',
      expression:
        'create index subject_cards_dearest on marketplace.subject_cards (subject_id, currency, rate_minor desc, tutor_id desc)',
    },
    {
      name: 'subject_cards_dearest_of_all',
      expression:
        'create index subject_cards_dearest_of_all on marketplace.subject_cards (currency, rate_minor desc, tutor_id desc)',
    },
  ],
  properties: {
    tutorId: () => p.manyToOne(TutorCard).mapToPk().primary().fieldName('tutor_id').deleteRule('cascade'),
    subjectId: p.uuid().primary(),
    levels: p.array().columnType('text[]').$type<string[]>(),
    rateMinor: p.bigint('string'),
    currency: p.text(),
    city: p.text().nullable(),
    languages: p.array().columnType('text[]').$type<string[]>(),
    formats: p.array().columnType('text[]').$type<string[]>(),
    rating: p.decimal('string').columnType('numeric'),
    quality: p.integer(),
    verifiedUntil: p.datetime().columnType('timestamptz').nullable(),
    premium: p.boolean(),
    experienceYears: p.integer(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/**
 * One subject of a tutor's card: what its offering says, and what the card says besides, so that one index leads through
 * those who teach a subject in any order. The database's triggers copy it from the card, and nothing in the code writes it.
 */
export class SubjectCard extends SubjectCardSchema.class {}
SubjectCardSchema.setClass(SubjectCard);
