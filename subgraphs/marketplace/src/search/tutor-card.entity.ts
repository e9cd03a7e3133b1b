import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';

const TutorCardSchema = defineEntity({
  name: 'TutorCard',
  tableName: 'tutor_cards',
  indexes: [
    { name: 'tutor_cards_best', properties: ['quality', 'tutorId'] },
    { name: 'tutor_cards_best_rated', properties: ['rating', 'tutorId'] },
    { name: 'tutor_cards_newest', properties: ['createdAt', 'tutorId'] },
    { name: 'tutor_cards_most_experienced', properties: ['experienceYears', 'tutorId'] },
    { name: 'tutor_cards_cheapest', properties: ['currency', 'lowestMinor', 'tutorId'] },
    { name: 'tutor_cards_of_city', properties: ['city', 'quality', 'tutorId'] },
    { name: 'tutor_cards_shuffled', properties: ['shuffle', 'tutorId'] },
    {
      name: 'tutor_cards_premium',
      expression: 'create index tutor_cards_premium on marketplace.tutor_cards (quality, tutor_id) where premium',
    },
    {
      name: 'tutor_cards_verified',
      expression:
        'create index tutor_cards_verified on marketplace.tutor_cards (verified_until) where verified_until is not null',
    },
    {
      name: 'tutor_cards_dearest',
      expression:
        'create index tutor_cards_dearest on marketplace.tutor_cards (currency, (case when highest_minor = 0 then 0 else lowest_minor end) desc, tutor_id desc)',
    },
    {
      name: 'tutor_cards_search',
      expression:
        'create index tutor_cards_search on marketplace.tutor_cards using gin (main, document, subject_ids, languages) with (fastupdate = off)',
    },
  ],
  properties: {
    tutorId: () => p.manyToOne(Tutor).mapToPk().primary().fieldName('tutor_id').deleteRule('cascade'),
    /** What is taught, without archived subjects. */
    subjectIds: p.array().columnType('uuid[]').$type<string[]>(),
    /** The offerings behind `subjectIds`, each with `subject_id`, `rate_minor` and `levels`. */
    offers: p.json<object[]>(),
    /** The least that an hour costs; the greatest bigint when nothing is offered. */
    lowestMinor: p.bigint('string'),
    /** The most that an hour costs; 0 when nothing is offered. */
    highestMinor: p.bigint('string'),
    currency: p.text(),
    /** In lower case. */
    city: p.text().nullable(),
    languages: p.array().columnType('text[]').$type<string[]>(),
    formats: p.array().columnType('text[]').$type<string[]>(),
    /** The mean of all ratings; 0 when there is none. */
    rating: p.decimal('string').columnType('numeric'),
    /** See the database's `marketplace.tutor_quality`; one more of premium tutors, who so are first among equals. */
    quality: p.integer(),
    verifiedUntil: p.datetime().columnType('timestamptz').nullable(),
    premium: p.boolean().default(false),
    experienceYears: p.integer(),
    createdAt: p.datetime().columnType('timestamptz'),
    /** A place in an order that has to do with nothing: the first of any selection are a fair sample of it. */
    shuffle: p.integer(),
    /** Words of the name, the subjects and the headline. */
    main: p.string().columnType('tsvector'),
    /** All words: those of `main`, of city, education and biography. */
    document: p.string().columnType('tsvector'),
  },
});

/**
 * All that search compares of a tutor who is to be found. The database's triggers keep it: there is one card for each
 * tutor who is not hidden, and nothing in the code writes it.
 */
export class TutorCard extends TutorCardSchema.class {}
TutorCardSchema.setClass(TutorCard);
