import { defineEntity, p } from '@mikro-orm/core';
import { Booking } from '../bookings/booking.entity.js';
import { type ContentState, contentStates } from '../moderation/moderation.states.js';
import { Tutor } from '../tutors/tutor.entity.js';
import type { StoredSignal } from './signals/stored-signal.js';

const SCORE = 'between 1 and 5';

const ReviewSchema = defineEntity({
  name: 'Review',
  tableName: 'reviews',
  uniques: [{ name: 'reviews_once_per_booking', properties: ['bookingId'] }],
  indexes: [
    { name: 'reviews_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'reviews_by_time', properties: ['createdAt'] },
    { name: 'reviews_of_student', properties: ['studentId', 'createdAt', 'id'] },
    { name: 'reviews_from_network', properties: ['tutorId', 'networkHash'], where: 'network_hash is not null' },
    { name: 'reviews_with_network', properties: ['createdAt'], where: 'network_hash is not null' },
    { name: 'reviews_alike', expression: 'create index reviews_alike on marketplace.reviews using gin (sketch)' },
  ],
  checks: [
    { name: 'reviews_rating_check', expression: 'rating >= 1 and rating <= 5' },
    { name: 'reviews_clarity_check', expression: `clarity ${SCORE}` },
    { name: 'reviews_preparation_check', expression: `preparation ${SCORE}` },
    { name: 'reviews_progress_check', expression: `progress ${SCORE}` },
    { name: 'reviews_reassurance_check', expression: `reassurance ${SCORE}` },
    { name: 'reviews_text_check', expression: 'length(text) <= 3000' },
  ],
  properties: {
    id: p.uuid().primary(),
    bookingId: () => p.manyToOne(Booking).mapToPk().fieldName('booking_id'),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    /** The account of whoever wrote it; accounts owns it. */
    studentId: p.uuid(),
    /** 1 to 5. */
    rating: p.integer(),
    /** 1 to 5 each, where the student says. */
    clarity: p.integer().nullable(),
    preparation: p.integer().nullable(),
    progress: p.integer().nullable(),
    reassurance: p.integer().nullable(),
    text: p.text().nullable(),
    /** Only published ones count and are seen by others. */
    state: p.enum(contentStates).$type<ContentState>().default('PUBLISHED'),
    /** Counts changes. */
    version: p.integer().default(1),
    /** Keyed hash of the network from which it was written; kept for 90 days, never shown. */
    networkHash: p.text().nullable(),
    /** MinHash bands of the text, by which texts that are nearly the same are found; null for short ones. */
    sketch: p.array().columnType('int[]').$type<number[]>().nullable(),
    /** What speaks for a review that was not meant honestly, strongest first; null until it was weighed. */
    signals: p.json<readonly StoredSignal[]>().nullable(),
    /** All signals together, 0 to 1. */
    suspicion: p.double().$type<number>().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a student says of a tutor after a lesson. */
export class Review extends ReviewSchema.class {}
ReviewSchema.setClass(Review);
