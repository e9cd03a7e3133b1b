import { defineEntity, p } from '@mikro-orm/core';
import { Booking } from '../bookings/booking.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';

const ReviewSchema = defineEntity({
  name: 'Review',
  tableName: 'reviews',
  uniques: [{ name: 'reviews_once_per_booking', properties: ['bookingId'] }],
  indexes: [{ name: 'reviews_of_tutor', properties: ['tutorId', 'createdAt', 'id'] }],
  checks: [
    { name: 'reviews_rating_check', expression: 'rating >= 1 and rating <= 5' },
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
    text: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a student says of a tutor after a lesson. */
export class Review extends ReviewSchema.class {}
ReviewSchema.setClass(Review);
