import { defineEntity, p } from '@mikro-orm/core';
import type { LanguageCode } from '../lessons/language-codes.js';
import type { LessonFormat } from '../lessons/lesson.rules.js';

const TutorSchema = defineEntity({
  name: 'Tutor',
  tableName: 'tutors',
  uniques: [{ name: 'tutors_user_unique', properties: ['userId'] }],
  checks: [
    { name: 'tutors_display_name_check', expression: 'length(display_name) >= 1 and length(display_name) <= 250' },
    { name: 'tutors_headline_check', expression: 'length(headline) >= 1 and length(headline) <= 150' },
    { name: 'tutors_biography_check', expression: 'length(biography) <= 5000' },
    { name: 'tutors_education_check', expression: 'length(education) <= 2000' },
    { name: 'tutors_city_check', expression: 'length(city) >= 1 and length(city) <= 100' },
    { name: 'tutors_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'tutors_languages_check', expression: 'cardinality(languages) >= 1 and cardinality(languages) <= 10' },
    {
      name: 'tutors_formats_check',
      expression: `cardinality(formats) >= 1 and cardinality(formats) <= 2 and formats <@ array['ONLINE'::text, 'IN_PERSON'::text]`,
    },
    { name: 'tutors_in_person_city_check', expression: `city is not null or not ('IN_PERSON' = any (formats))` },
    { name: 'tutors_experience_check', expression: 'experience_years >= 0 and experience_years <= 80' },
    { name: 'tutors_rating_check', expression: 'rating_sum >= review_count and rating_sum <= 5 * review_count' },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The account behind the profile; accounts owns it. */
    userId: p.uuid(),
    /** Copied from accounts, such as "Anna K."; seen by everybody. */
    displayName: p.text(),
    headline: p.text(),
    biography: p.text().nullable(),
    education: p.text().nullable(),
    city: p.text().nullable(),
    /** ISO 4217 code in which all hourly rates are. */
    currency: p.text(),
    /** ISO 639-1 codes. */
    languages: p.array().columnType('text[]').$type<LanguageCode[]>(),
    formats: p.array().columnType('text[]').$type<LessonFormat[]>(),
    experienceYears: p.integer(),
    /** Sum of the ratings of all reviews; kept by the transaction that changes a review. */
    ratingSum: p.integer().default(0),
    reviewCount: p.integer().default(0),
    /** Until when something of the tutor is verified; kept by the transaction that changes a verification. */
    verifiedUntil: p.datetime().columnType('timestamptz').nullable(),
    /** Has the tutor a premium membership? Kept by what payments says of it, and so is the following. */
    premium: p.boolean().default(false),
    /** The last membership that was told of, of payments; an ended one too. */
    premiumMembershipId: p.uuid().nullable(),
    /** The latest moment until which it was ever known to last. */
    premiumUntil: p.datetime().columnType('timestamptz').nullable(),
    /** Since when the tutor does not want to be found; null while they do. */
    hiddenAt: p.datetime().columnType('timestamptz').nullable(),
    /** When the person behind it was forgotten; what others refer to is left, and nobody is named. */
    erasedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor's profile. Its id is its own, not the user's. */
export class Tutor extends TutorSchema.class {}
TutorSchema.setClass(Tutor);
