import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import type { WeeklyWindow } from './hours.rules.js';
import {
  type ApplicationStatus,
  applicationStatuses,
  type LessonFormat,
  type Level,
  lessonFormats,
  levels,
  type OrderStatus,
  orderStatuses,
} from './market.rules.js';

/** When a tutor teaches every week, as marketplace told it. */
export interface WeeklySchedule {
  /** An IANA name. */
  timeZone: string;
  windows: readonly WeeklyWindow[];
}

/** Has the texts of a tutor read anew; see DueReading. */
const DUE_READING = (
  tutorId: string,
): string => `insert into recommendations.due_readings (tutor_id, due_at) values (${tutorId}, now())
  on conflict (tutor_id) do update set mark = due_readings.mark + 1; return null;`;

const TutorSchema = defineEntity({
  name: 'MarketTutor',
  tableName: 'tutors',
  indexes: [
    { name: 'tutors_of_user', properties: ['userId'] },
    { name: 'tutors_newest', properties: ['createdAt', 'id'], where: 'not hidden' },
  ],
  triggers: [
    { name: 'tutors_read_when_new', timing: 'after', events: ['insert'], forEach: 'row', body: DUE_READING('new.id') },
    {
      name: 'tutors_read_when_changed',
      timing: 'after',
      events: ['update'],
      forEach: 'row',
      when: 'old.headline is distinct from new.headline or old.biography is distinct from new.biography',
      body: DUE_READING('new.id'),
    },
  ],
  properties: {
    /** Marketplace's id. */
    id: p.uuid().primary(),
    /** The account. */
    userId: p.uuid(),
    /** Nobody is shown who is hidden. */
    hidden: p.boolean(),
    currency: p.text(),
    /** As cityKey writes it; null for whoever teaches online only. */
    city: p.text().nullable(),
    /** ISO 639-1. */
    languages: p.array().columnType('text[]').$type<string[]>(),
    formats: p.array().columnType('text[]').$type<LessonFormat[]>(),
    experienceYears: p.integer(),
    premium: p.boolean(),
    verified: p.boolean(),
    headline: p.text(),
    biography: p.text().nullable(),
    /** 168 bits, Monday 00:00 UTC first: when lessons can be; null while no schedule is known. */
    hours: p.string().columnType('bit(168)').nullable(),
    /** What `hours` is made of, for the day on which clocks change. */
    schedule: p.json<WeeklySchedule>().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    /** When the profile or the schedule last changed. */
    changedAt: p.datetime().columnType('timestamptz'),
    // Counted anew from applications, bookings and reviews whenever one of them changes.
    reviewCount: p.integer().default(0),
    /** The mean of ratings, 1 to 5; null without any. */
    rating: p.float().columnType('real').nullable(),
    /** Applications of the last year, and those that were chosen. */
    applicationCount: p.integer().default(0),
    chosenCount: p.integer().default(0),
    /** Minutes from an order to an application to it, the median of the last year; null without any. */
    responseMinutes: p.float().columnType('real').nullable(),
    /** Students with a completed lesson, those with more than one, and completed lessons in all. */
    studentCount: p.integer().default(0),
    returningCount: p.integer().default(0),
    lessonCount: p.integer().default(0),
    /** Bookings that were agreed, and those of them that the tutor called off or did not come to. */
    bookingCount: p.integer().default(0),
    letDownCount: p.integer().default(0),
    /** Completed lessons of the last 90 days. */
    recentLessons: p.integer().default(0),
    /** Lessons agreed for the next 14 days. */
    upcomingLessons: p.integer().default(0),
    /** When the tutor last applied, taught or changed something. */
    lastActiveAt: p.datetime().columnType('timestamptz'),
  },
});

/** A tutor as this room knows them: a copy of what marketplace told, and what can be counted from it. */
export class MarketTutor extends TutorSchema.class {}
TutorSchema.setClass(MarketTutor);

const OfferSchema = defineEntity({
  name: 'MarketOffer',
  tableName: 'offers',
  indexes: [
    // With all that hard filters ask: they pass over most of a subject's offers, and need not fetch them for that.
    {
      name: 'offers_by_popularity',
      expression:
        'create index offers_by_popularity on recommendations.offers (subject_id, popularity, tutor_id) include (levels, rate_minor, currency, city, languages, formats, hours, tutor_created_at) where not hidden',
    },
    { name: 'offers_newest', properties: ['subjectId', 'tutorCreatedAt', 'tutorId'], where: 'not hidden' },
  ],
  properties: {
    tutorId: () => p.manyToOne(MarketTutor).mapToPk().fieldName('tutor_id').deleteRule('cascade').primary(),
    subjectId: p.uuid().primary(),
    levels: p.array().columnType('text[]').$type<Level[]>(),
    /** For an hour, in minor units of `currency`. */
    rateMinor: p.bigint('number'),
    // Copies from the tutor, so that hard filters ask one table only.
    currency: p.text(),
    hidden: p.boolean(),
    city: p.text().nullable(),
    languages: p.array().columnType('text[]').$type<string[]>(),
    formats: p.array().columnType('text[]').$type<LessonFormat[]>(),
    hours: p.string().columnType('bit(168)').nullable(),
    tutorCreatedAt: p.datetime().columnType('timestamptz'),
    /** Completed lessons in this subject. */
    lessonCount: p.integer().default(0),
    /** How sought after, the higher the more; see popularity.rules.ts. */
    popularity: p.float().columnType('real').default(0),
  },
});

/** A subject that a tutor teaches, with all that hard filters ask. */
export class MarketOffer extends OfferSchema.class {
  declare [PrimaryKeyProp]?: ['tutorId', 'subjectId'];
}
OfferSchema.setClass(MarketOffer);

const OrderSchema = defineEntity({
  name: 'MarketOrder',
  tableName: 'orders',
  indexes: [
    { name: 'orders_open_of_subject', properties: ['subjectId', 'createdAt', 'id'], where: `status = 'OPEN'` },
    { name: 'orders_matched_of_subject', properties: ['subjectId', 'createdAt'], where: `status = 'MATCHED'` },
    { name: 'orders_of_student', properties: ['studentId', 'createdAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The student's account. */
    studentId: p.uuid(),
    subjectId: p.uuid(),
    level: p.enum(levels).$type<Level>(),
    format: p.enum(lessonFormats).$type<LessonFormat>(),
    /** As cityKey writes it. */
    city: p.text().nullable(),
    /** For an hour, in minor units of `currency`; null when nothing was said. */
    budgetMinor: p.bigint('number').nullable(),
    currency: p.text().nullable(),
    title: p.text(),
    description: p.text().nullable(),
    goal: p.text().nullable(),
    preferredTimes: p.text().nullable(),
    /** What `preferredTimes` says, as 168 bits, Monday 00:00 UTC first; null when it says nothing that is understood. */
    hours: p.string().columnType('bit(168)').nullable(),
    /** By whose clock `preferredTimes` is, an IANA name; null when not known. */
    timeZone: p.text().nullable(),
    /** In which lessons could be, ISO 639-1: the student's language, and that of the text. */
    languages: p.array().columnType('text[]').$type<string[]>(),
    status: p.enum(orderStatuses).$type<OrderStatus>(),
    createdAt: p.datetime().columnType('timestamptz'),
    closedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** An order as this room knows it. */
export class MarketOrder extends OrderSchema.class {}
OrderSchema.setClass(MarketOrder);

const ApplicationSchema = defineEntity({
  name: 'MarketApplication',
  tableName: 'applications',
  indexes: [
    { name: 'applications_of_order', properties: ['orderId'] },
    { name: 'applications_of_tutor', properties: ['tutorId', 'createdAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    tutorId: p.uuid(),
    status: p.enum(applicationStatuses).$type<ApplicationStatus>(),
    /** For an hour, in minor units of the tutor's currency. */
    rateMinor: p.bigint('number'),
    createdAt: p.datetime().columnType('timestamptz'),
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A tutor's answer to an order, as this room knows it. */
export class MarketApplication extends ApplicationSchema.class {}
ApplicationSchema.setClass(MarketApplication);

const BookingSchema = defineEntity({
  name: 'MarketBooking',
  tableName: 'bookings',
  indexes: [
    { name: 'bookings_of_tutor', properties: ['tutorId', 'startsAt'] },
    { name: 'bookings_of_student', properties: ['studentId', 'tutorId'] },
    { name: 'bookings_of_order', properties: ['orderId'] },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The student's account; null when they are erased. */
    studentId: p.uuid().nullable(),
    tutorId: p.uuid(),
    subjectId: p.uuid(),
    orderId: p.uuid().nullable(),
    /** As marketplace's BookingStatus. */
    status: p.text(),
    startsAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    completedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Did the tutor call it off, or not come? */
    letDown: p.boolean(),
  },
});

/** An agreed lesson, as this room knows it. */
export class MarketBooking extends BookingSchema.class {}
BookingSchema.setClass(MarketBooking);

const ReviewSchema = defineEntity({
  name: 'MarketReview',
  tableName: 'reviews',
  indexes: [
    { name: 'reviews_of_tutor', properties: ['tutorId', 'createdAt'] },
    { name: 'reviews_of_author', properties: ['authorId'] },
  ],
  triggers: [
    {
      name: 'reviews_read_when_written',
      timing: 'after',
      events: ['insert', 'update'],
      forEach: 'row',
      body: DUE_READING('new.tutor_id'),
    },
    {
      name: 'reviews_read_when_gone',
      timing: 'after',
      events: ['delete'],
      forEach: 'row',
      body: DUE_READING('old.tutor_id'),
    },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: p.uuid(),
    subjectId: p.uuid(),
    /** The student's account; null when they are erased. */
    authorId: p.uuid().nullable(),
    /** 1 to 5. */
    rating: p.integer(),
    /** Null when nothing was written, or it may not be shown. */
    text: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A published review, as this room knows it. */
export class MarketReview extends ReviewSchema.class {}
ReviewSchema.setClass(MarketReview);
