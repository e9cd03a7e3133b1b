import { cityKey } from './cities.js';
import type { MarketCopies } from './copies.js';
import { hoursOfSchedule, hoursOfText } from './hours.rules.js';
import { languageOfText } from './languages.rules.js';
import type { Student } from './market-source.js';
import type { Upserted } from './upsert.js';

type TutorCopy = MarketCopies['tutors'][number];
type OrderCopy = MarketCopies['orders'][number];

/** Rows of tutors without what is counted. */
export const TUTORS: Upserted<TutorRow> = {
  table: 'tutors',
  key: ['id'],
  columns: {
    ...{ id: 'uuid', userId: 'uuid', hidden: 'boolean', currency: 'text', city: 'text' },
    ...{ languages: 'text[]', formats: 'text[]', experienceYears: 'int', premium: 'boolean', verified: 'boolean' },
    ...{ headline: 'text', biography: 'text', hours: 'bit(168)', schedule: 'jsonb' },
    ...{ createdAt: 'timestamptz', changedAt: 'timestamptz', lastActiveAt: 'timestamptz' },
  },
  onlyNew: ['lastActiveAt'],
};
export type TutorRow = ReturnType<typeof tutorRow>;

/** Rows of offers without what is counted. */
export const OFFERS: Upserted<OfferRow> = {
  table: 'offers',
  key: ['tutorId', 'subjectId'],
  columns: {
    ...{
      tutorId: 'uuid',
      subjectId: 'uuid',
      levels: 'text[]',
      rateMinor: 'bigint',
      currency: 'text',
      hidden: 'boolean',
    },
    ...{ city: 'text', languages: 'text[]', formats: 'text[]', hours: 'bit(168)', tutorCreatedAt: 'timestamptz' },
  },
};
export type OfferRow = ReturnType<typeof offerRows>[number];

export const ORDERS: Upserted<OrderRow> = {
  table: 'orders',
  key: ['id'],
  columns: {
    ...{ id: 'uuid', studentId: 'uuid', subjectId: 'uuid', level: 'text', format: 'text', city: 'text' },
    ...{ budgetMinor: 'bigint', currency: 'text', title: 'text', description: 'text', goal: 'text' },
    ...{ preferredTimes: 'text', hours: 'bit(168)', timeZone: 'text', languages: 'text[]', status: 'text' },
    ...{ createdAt: 'timestamptz', closedAt: 'timestamptz' },
  },
};
export type OrderRow = ReturnType<typeof orderRow>;

export const APPLICATIONS: Upserted<MarketCopies['applications'][number]> = {
  table: 'applications',
  key: ['id'],
  columns: {
    ...{ id: 'uuid', orderId: 'uuid', tutorId: 'uuid', status: 'text', rateMinor: 'bigint' },
    ...{ createdAt: 'timestamptz', decidedAt: 'timestamptz' },
  },
};

export const BOOKINGS: Upserted<BookingRow> = {
  table: 'bookings',
  key: ['id'],
  columns: {
    ...{ id: 'uuid', studentId: 'uuid', tutorId: 'uuid', subjectId: 'uuid', orderId: 'uuid', status: 'text' },
    ...{ startsAt: 'timestamptz', createdAt: 'timestamptz', completedAt: 'timestamptz', letDown: 'boolean' },
  },
};
export type BookingRow = Omit<MarketCopies['bookings'][number], 'studentId'> & { studentId: string | null };

export const REVIEWS: Upserted<ReviewRow> = {
  table: 'reviews',
  key: ['id'],
  columns: {
    ...{ id: 'uuid', tutorId: 'uuid', subjectId: 'uuid', authorId: 'uuid', rating: 'int', text: 'text' },
    createdAt: 'timestamptz',
  },
};
export type ReviewRow = Omit<MarketCopies['reviews'][number], 'authorId'> & { authorId: string | null };

/** @param now a moment whose offset from UTC is taken, and at which verifications count */
export function tutorRow({ offerings: _, verifiedUntil, schedule, city, ...tutor }: TutorCopy, now: Date) {
  return {
    ...tutor,
    city: cityKey(city),
    verified: verifiedUntil !== null && verifiedUntil > now,
    schedule,
    hours: schedule && hoursOfSchedule(schedule.windows, schedule.timeZone, now),
    // Counted anew at once; the column must have something.
    lastActiveAt: tutor.changedAt,
  };
}

/** What a tutor offers, with all of the tutor that hard filters ask. */
export function offerRows(copy: TutorCopy, now: Date) {
  const { id: tutorId, currency, hidden, city, languages, formats, hours, createdAt } = tutorRow(copy, now);
  const shared = { currency, hidden, city, languages, formats, hours, tutorCreatedAt: createdAt };
  return copy.offerings.map((offering) => ({ tutorId, ...offering, ...shared }));
}

/** @param student whose language and clock count; undefined when not known */
export function orderRow({ budgetCurrency, city, ...order }: OrderCopy, student: Student | undefined, now: Date) {
  // Accounts says UTC of whoever has not named a zone.
  const timeZone = student?.timeZone && student.timeZone !== 'UTC' ? student.timeZone : null;
  const text = [order.title, order.goal, order.description].filter(Boolean).join('\n');
  const languages = [student?.locale?.slice(0, 2), languageOfText(text)].filter(
    (one) => one !== null && one !== undefined,
  );
  return {
    ...order,
    city: cityKey(city),
    currency: budgetCurrency,
    timeZone,
    hours: order.preferredTimes === null ? null : hoursOfText(order.preferredTimes, timeZone, now),
    languages: [...new Set(languages)].sort(),
  };
}
