import { defineEntity, p } from '@mikro-orm/core';
import { Booking } from '../bookings/booking.entity.js';
import { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';

const GoogleLessonSchema = defineEntity({
  name: 'GoogleLesson',
  tableName: 'google_lessons',
  primaryKeys: ['calendarId', 'bookingId'],
  indexes: [{ name: 'google_lessons_of_booking', properties: ['bookingId'] }],
  properties: {
    calendarId: () => p.manyToOne(ExternalCalendar).mapToPk().fieldName('calendar_id').primary().deleteRule('cascade'),
    bookingId: () => p.manyToOne(Booking).mapToPk().fieldName('booking_id').primary().deleteRule('cascade'),
    /** A hash of what was written last; null until that is known. */
    written: p.text().nullable(),
    /** Until when one job alone works at it; null when none does. */
    claimedUntil: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A lesson that is, or may be, in somebody's Google calendar. */
export class GoogleLesson extends GoogleLessonSchema.class {}
GoogleLessonSchema.setClass(GoogleLesson);

const GoogleDepartureSchema = defineEntity({
  name: 'GoogleDeparture',
  tableName: 'google_departures',
  indexes: [{ name: 'google_departures_due', properties: ['dueAt'] }],
  properties: {
    id: p.uuid().primary(),
    /** HMAC of the account. */
    accountHash: p.text(),
    sealedAccess: p.text(),
    /** Lessons to come that are to be removed from the calendar. */
    bookingIds: p.array().columnType('uuid[]').$type<string[]>(),
    dueAt: p.datetime().columnType('timestamptz'),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A Google calendar that was disconnected and is still to be cleared of our lessons, and its consent given back. */
export class GoogleDeparture extends GoogleDepartureSchema.class {}
GoogleDepartureSchema.setClass(GoogleDeparture);
