import { defineEntity, p } from '@mikro-orm/core';
import { Application } from '../applications/application.entity.js';
import { Order } from '../orders/order.entity.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { type BookingStatus, bookingStatuses } from './booking.rules.js';

const BookingSchema = defineEntity({
  name: 'Booking',
  tableName: 'bookings',
  uniques: [{ name: 'bookings_once_per_application', properties: ['applicationId'] }],
  indexes: [
    { name: 'bookings_of_student', properties: ['studentId', 'createdAt', 'id'] },
    { name: 'bookings_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'bookings_of_order', properties: ['orderId'] },
  ],
  checks: [
    { name: 'bookings_price_check', expression: 'price_minor >= 1 and price_minor <= 1000000000' },
    { name: 'bookings_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'bookings_times_check', expression: '(starts_at is null) = (ends_at is null) and ends_at > starts_at' },
    { name: 'bookings_unscheduled_check', expression: `status <> 'UNSCHEDULED' or starts_at is null` },
  ],
  properties: {
    id: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().fieldName('order_id'),
    applicationId: () => p.manyToOne(Application).mapToPk().fieldName('application_id'),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    /** The student's account; accounts owns it. */
    studentId: p.uuid(),
    subjectId: () => p.manyToOne(Subject).mapToPk().fieldName('subject_id'),
    /** What an hour costs, as agreed, in minor units; never changes. */
    priceMinor: p.bigint('number'),
    currency: p.text(),
    status: p.enum(bookingStatuses).$type<BookingStatus>(),
    startsAt: p.datetime().columnType('timestamptz').nullable(),
    endsAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A lesson that a student and a tutor have agreed upon. */
export class Booking extends BookingSchema.class {}
BookingSchema.setClass(Booking);
