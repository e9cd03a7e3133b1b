import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';

const STARS = ['stars1', 'stars2', 'stars3', 'stars4', 'stars5'] as const;
const DIMENSIONS = ['clarity', 'preparation', 'progress', 'reassurance'] as const;
const COUNT = STARS.join(' + ');

const TutorRatingSchema = defineEntity({
  name: 'TutorRating',
  tableName: 'tutor_ratings',
  checks: [
    { name: 'tutor_ratings_stars_check', expression: `least(${STARS.join(', ')}) >= 0` },
    ...DIMENSIONS.map((name) => ({
      name: `tutor_ratings_${name}_check`,
      expression: `${name}_count between 0 and ${COUNT} and ${name}_sum between ${name}_count and 5 * ${name}_count`,
    })),
  ],
  properties: {
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id').primary(),
    /** How many published reviews give each rating. */
    stars1: p.integer().default(0).fieldName('stars1'),
    stars2: p.integer().default(0).fieldName('stars2'),
    stars3: p.integer().default(0).fieldName('stars3'),
    stars4: p.integer().default(0).fieldName('stars4'),
    stars5: p.integer().default(0).fieldName('stars5'),
    /** Sum and count of what published reviews say of each dimension. */
    claritySum: p.integer().default(0),
    clarityCount: p.integer().default(0),
    preparationSum: p.integer().default(0),
    preparationCount: p.integer().default(0),
    progressSum: p.integer().default(0),
    progressCount: p.integer().default(0),
    reassuranceSum: p.integer().default(0),
    reassuranceCount: p.integer().default(0),
  },
});

/**
 * What a tutor's published reviews add up to, kept with `Tutor.ratingSum` and `Tutor.reviewCount` by the transaction
 * that changes a review, under the tutor's lock. A tutor without a row has no reviews.
 */
export class TutorRating extends TutorRatingSchema.class {}
TutorRatingSchema.setClass(TutorRating);
