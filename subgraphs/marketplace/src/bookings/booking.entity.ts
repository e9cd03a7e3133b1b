import { defineEntity, p } from '@mikro-orm/core';
import { Application } from '../applications/application.entity.js';
import { Order } from '../orders/order.entity.js';
import { Policy } from '../policies/policy.entity.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import {
  type BookingActor,
  type BookingKind,
  type BookingRoleName,
  type BookingStatus,
  bookingActors,
  bookingKinds,
  bookingRoles,
  bookingStatuses,
} from './booking.rules.js';

/** In a partial index and in the exclusion constraints; as `occupyingStatuses` in booking.rules.ts. */
const OCCUPYING = `status in ('HELD', 'PENDING_PAYMENT', 'CONFIRMED', 'IN_PROGRESS')`;

const BookingSchema = defineEntity({
  name: 'Booking',
  tableName: 'bookings',
  indexes: [
    { name: 'bookings_of_student', properties: ['studentId', 'createdAt', 'id'] },
    { name: 'bookings_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'bookings_of_order', properties: ['orderId'] },
    { name: 'bookings_of_application', properties: ['applicationId'] },
    { name: 'bookings_of_series', properties: ['seriesId', 'startsAt'] },
    { name: 'bookings_of_tutor_by_time', properties: ['tutorId', 'startsAt'] },
    { name: 'bookings_of_student_by_time', properties: ['studentId', 'startsAt'] },
    { name: 'bookings_to_expire', properties: ['expiresAt'], where: 'expires_at is not null' },
    { name: 'bookings_completed', properties: ['completedAt'], where: `status = 'COMPLETED'` },
    { name: 'bookings_completed_by_tutor', properties: ['tutorId', 'completedAt'], where: `status = 'COMPLETED'` },
    { name: 'bookings_cancelled', properties: ['cancelledAt'], where: 'cancelled_at is not null' },
    {
      name: 'bookings_to_move_on',
      properties: ['startsAt'],
      where: `status = any (array['CONFIRMED', 'IN_PROGRESS'])`,
    },
    { name: 'bookings_disputed', properties: ['disputedAt', 'id'], where: `status = 'DISPUTED'` },
    {
      name: 'bookings_unscheduled_once_per_application',
      expression: `create unique index bookings_unscheduled_once_per_application on marketplace.bookings (application_id) where status = 'UNSCHEDULED'`,
    },
    {
      name: 'bookings_trial_once_per_tutor',
      expression: `create unique index bookings_trial_once_per_tutor on marketplace.bookings (student_id, tutor_id) where kind = 'TRIAL' and status not in ('CANCELLED', 'EXPIRED')`,
    },
    // The last line against double bookings: MikroORM keeps an exclusion constraint only as an expression.
    {
      name: 'bookings_tutor_free',
      expression: `alter table "marketplace"."bookings" add constraint "bookings_tutor_free" exclude using gist (tutor_id with =, tstzrange(starts_at, ends_at) with &&) where (${OCCUPYING})`,
    },
    {
      name: 'bookings_student_free',
      expression: `alter table "marketplace"."bookings" add constraint "bookings_student_free" exclude using gist (student_id with =, tstzrange(starts_at, ends_at) with &&) where (${OCCUPYING})`,
    },
  ],
  checks: [
    { name: 'bookings_price_check', expression: 'price_minor >= 1 and price_minor <= 1000000000' },
    { name: 'bookings_amount_check', expression: 'amount_minor >= 0 and amount_minor <= 4000000000' },
    { name: 'bookings_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'bookings_times_check', expression: '(starts_at is null) = (ends_at is null) and ends_at > starts_at' },
    { name: 'bookings_unscheduled_check', expression: `status <> 'UNSCHEDULED' or starts_at is null` },
    { name: 'bookings_occupying_check', expression: `not (${OCCUPYING}) or starts_at is not null` },
    {
      name: 'bookings_expires_check',
      expression: `(status in ('HELD', 'PENDING_PAYMENT')) = (expires_at is not null)`,
    },
    { name: 'bookings_cancelled_check', expression: `status <> 'CANCELLED' or cancelled_at is not null` },
    { name: 'bookings_commission_check', expression: 'commission_percent >= 0 and commission_percent <= 100' },
    { name: 'bookings_refund_check', expression: 'refund_percent >= 0 and refund_percent <= 100' },
    { name: 'bookings_reason_check', expression: 'length(cancel_reason) <= 500' },
    { name: 'bookings_statement_check', expression: 'length(dispute_statement) <= 2000' },
    { name: 'bookings_note_check', expression: 'length(dispute_note) <= 2000' },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The order and the application that led to it; null when it was booked from the tutor's profile. */
    orderId: () => p.manyToOne(Order).mapToPk().fieldName('order_id').nullable().deleteRule('no action'),
    applicationId: () =>
      p.manyToOne(Application).mapToPk().fieldName('application_id').nullable().deleteRule('no action'),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    /** The student's account; accounts owns it. */
    studentId: p.uuid(),
    subjectId: () => p.manyToOne(Subject).mapToPk().fieldName('subject_id'),
    kind: p.enum(bookingKinds).$type<BookingKind>().default('REGULAR'),
    /** What an hour costs, as agreed, in minor units; never changes. */
    priceMinor: p.bigint('number'),
    /** What this lesson costs, in minor units; 0 while it has no time. */
    amountMinor: p.bigint('number').default(0),
    currency: p.text(),
    /** A package bought before, from which it is to be paid; payments owns it. */
    packageId: p.uuid().nullable(),
    /** The rules under which it was made; they stay as they were. */
    policyId: () => p.manyToOne(Policy).mapToPk().fieldName('policy_id'),
    /** The platform's share of the amount. */
    commissionPercent: p.integer(),
    /** Bookings that were made together, week by week. */
    seriesId: p.uuid().nullable(),
    status: p.enum(bookingStatuses).$type<BookingStatus>(),
    startsAt: p.datetime().columnType('timestamptz').nullable(),
    endsAt: p.datetime().columnType('timestamptz').nullable(),
    /** When a hold or an unpaid booking gives its time free; null in every other state. */
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    /** When money arrived, or staff said so. */
    paidAt: p.datetime().columnType('timestamptz').nullable(),
    /** When it was moved inside the window in which that is not free any longer: then it cannot be cancelled. */
    movedLateAt: p.datetime().columnType('timestamptz').nullable(),
    /** Counts changes of its time, and when it was called off or came back, for calendars (RFC 5545, SEQUENCE). */
    sequence: p.integer().default(0),
    startedAt: p.datetime().columnType('timestamptz').nullable(),
    completedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Who said that it took place; SYSTEM when nobody said anything for long enough. */
    completedBy: p.enum(bookingActors).$type<BookingActor>().nullable(),
    cancelledAt: p.datetime().columnType('timestamptz').nullable(),
    cancelledBy: p.enum(bookingActors).$type<BookingActor>().nullable(),
    cancelReason: p.text().nullable(),
    /** The share that the student gets back, decided when it was cancelled or somebody was absent; null if nothing was paid. */
    refundPercent: p.integer().nullable(),
    /** Who was not there, by what the other one or staff reported. */
    absent: p.enum(bookingRoles).$type<BookingRoleName>().nullable(),
    noShowReportedAt: p.datetime().columnType('timestamptz').nullable(),
    disputedAt: p.datetime().columnType('timestamptz').nullable(),
    /** What the one says who was reported absent. */
    disputeStatement: p.text().nullable(),
    disputeResolvedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The member of staff who resolved it. */
    disputeResolvedBy: p.uuid().nullable(),
    /** What staff says of its decision, to both sides. */
    disputeNote: p.text().nullable(),
    /** Hours before the beginning for which a reminder went out already, or is not needed, since the last move. */
    remindedHours: p.array().columnType('int[]').$type<number[]>().default([]),
    /** Who makes the video room, its own id there and the link. */
    meetingProvider: p.text().nullable(),
    meetingId: p.text().nullable(),
    meetingUrl: p.text().nullable(),
    /** The `sequence` whose time the room has; null while there is no room. */
    meetingSequence: p.integer().nullable(),
    /** Until when one job alone works at the room; null when none does. */
    meetingClaimedUntil: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A lesson that a student and a tutor have agreed upon. */
export class Booking extends BookingSchema.class {}
BookingSchema.setClass(Booking);
