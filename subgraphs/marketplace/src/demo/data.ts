import type { DemoLocale } from '@tutorgraph/kit/demo/persona';
import type { LanguageCode } from '../lessons/language-codes.js';
import type { DayWindow } from '../schedules/slots.rules.js';
import type { VerificationKind, VerificationStatus } from '../verifications/verification.rules.js';
import type { DemoLevel, SubjectKey } from './content/content.js';

/** What to generate. The same options give the same data, ids included. */
export interface MarketplaceDemoOptions {
  seed: number;
  /** Generated tutors; the tutor of the printed sign-in comes on top. */
  tutors: number;
  /** Generated students who post orders; as many as the accounts room generates. */
  students: number;
  /** Orders of the last weeks. On top come the demo student's, and the closed ones behind the tutors' reviews. */
  orders: number;
  /** The moment that counts as today: all dates lie in the twelve months before it. */
  now: Date;
}

export interface DemoSubject {
  id: string;
  slug: SubjectKey;
  name: { ru: string; en: string };
}

export interface DemoOffering {
  id: string;
  subject: SubjectKey;
  levels: DemoLevel[];
  /** For an hour, in minor units of the tutor's currency. */
  rateMinor: number;
}

export interface DemoTutor {
  id: string;
  userId: string;
  /** The language of the profile. */
  locale: DemoLocale;
  displayName: string;
  headline: string;
  biography: string;
  education: string;
  experienceYears: number;
  /** ISO 639-1. */
  languages: LanguageCode[];
  /** In the profile's language; null for somebody who teaches online only and does not say from where. */
  city: string | null;
  formats: DemoFormat[];
  currency: string;
  offerings: DemoOffering[];
  ratingSum: number;
  reviewCount: number;
  hiddenAt: Date | null;
  createdAt: Date;
}

export interface DemoSchedule {
  tutorId: string;
  /** IANA name. */
  timeZone: string;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minimumNoticeMinutes: number;
  bookingWindowDays: number;
  dailyLimit: number | null;
  weeklyLimit: number | null;
  slotStepMinutes: number;
  createdAt: Date;
  /** Weekday 1 is Monday; minutes are after midnight. */
  rules: ({ id: string; weekday: number } & DayWindow)[];
  overrides: { id: string; date: string; windows: DayWindow[] }[];
  daysOff: { id: string; fromDate: string; toDate: string }[];
}

export interface DemoVerification {
  id: string;
  tutorId: string;
  kind: VerificationKind;
  status: VerificationStatus;
  title: string;
  issuer: string;
  submittedAt: Date;
  decidedAt: Date | null;
  /** User id of the member of staff. */
  decidedBy: string | null;
  rejectionReason: string | null;
  validUntil: Date | null;
}

export type DemoFormat = 'ONLINE' | 'IN_PERSON';

export interface DemoOrder {
  id: string;
  /** The author's user id. */
  studentId: string;
  locale: DemoLocale;
  subject: SubjectKey;
  level: DemoLevel;
  title: string;
  description: string;
  goal: string | null;
  format: DemoFormat;
  city: string | null;
  /** The most for an hour, in minor units; null when it is open. */
  budgetMinor: number | null;
  currency: string;
  preferredTimes: string | null;
  status: 'OPEN' | 'MATCHED' | 'CLOSED';
  createdAt: Date;
  closedAt: Date | null;
}

export interface DemoApplication {
  id: string;
  orderId: string;
  tutorId: string;
  message: string;
  /** For an hour, in minor units of the order's currency. */
  rateMinor: number;
  currency: string;
  status: 'PENDING' | 'CHOSEN' | 'DECLINED' | 'WITHDRAWN' | 'NOT_CHOSEN';
  createdAt: Date;
  decidedAt: Date | null;
}

export interface DemoBooking {
  id: string;
  applicationId: string;
  orderId: string;
  tutorId: string;
  studentId: string;
  subject: SubjectKey;
  priceMinor: number;
  currency: string;
  status: 'UNSCHEDULED' | 'CONFIRMED' | 'COMPLETED';
  startsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
}

export interface DemoReview {
  id: string;
  bookingId: string;
  tutorId: string;
  /** The author's user id. */
  studentId: string;
  locale: DemoLocale;
  /** 1 to 5. */
  rating: number;
  clarity: number | null;
  preparation: number | null;
  progress: number | null;
  reassurance: number | null;
  text: string;
  createdAt: Date;
}

export interface DemoAnswer {
  id: string;
  reviewId: string;
  tutorId: string;
  text: string;
  createdAt: Date;
}

/** A whole market, ready to be stored. */
export interface MarketplaceDemo {
  subjects: DemoSubject[];
  tutors: DemoTutor[];
  schedules: DemoSchedule[];
  verifications: DemoVerification[];
  orders: DemoOrder[];
  applications: DemoApplication[];
  bookings: DemoBooking[];
  reviews: DemoReview[];
  answers: DemoAnswer[];
}
