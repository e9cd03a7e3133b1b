import { z } from 'zod';
import { applicationStatuses, lessonFormats, levels, type MarketKind, orderStatuses } from './market.rules.js';

const when = z.coerce.date();
const level = z.enum(levels);
const format = z.enum(lessonFormats);
const bound = { id: z.uuid(), tutorId: z.uuid() };

const tutor = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  hidden: z.boolean(),
  currency: z.string(),
  city: z.string().nullable(),
  languages: z.array(z.string()),
  formats: z.array(format),
  experienceYears: z.number().int(),
  premium: z.boolean(),
  verifiedUntil: when.nullable(),
  headline: z.string(),
  biography: z.string().nullable(),
  createdAt: when,
  changedAt: when,
  offerings: z.array(z.object({ subjectId: z.uuid(), levels: z.array(level), rateMinor: z.number() })),
  schedule: z
    .object({
      timeZone: z.string(),
      windows: z.array(
        z.object({ weekday: z.number().int(), startsAtMinute: z.number().int(), endsAtMinute: z.number().int() }),
      ),
    })
    .nullable(),
});

const order = z.object({
  id: z.uuid(),
  studentId: z.uuid(),
  subjectId: z.uuid(),
  level,
  format,
  city: z.string().nullable(),
  budgetMinor: z.number().nullable(),
  budgetCurrency: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  goal: z.string().nullable(),
  preferredTimes: z.string().nullable(),
  status: z.enum(orderStatuses),
  createdAt: when,
  closedAt: when.nullable(),
});

const application = z.object({
  ...bound,
  orderId: z.uuid(),
  status: z.enum(applicationStatuses),
  rateMinor: z.number(),
  createdAt: when,
  decidedAt: when.nullable(),
});

const booking = z.object({
  ...bound,
  studentId: z.uuid(),
  subjectId: z.uuid(),
  orderId: z.uuid().nullable(),
  status: z.string(),
  startsAt: when.nullable(),
  createdAt: when,
  completedAt: when.nullable(),
  letDown: z.boolean(),
});

const review = z.object({
  ...bound,
  subjectId: z.uuid(),
  authorId: z.uuid(),
  rating: z.number().int(),
  text: z.string().nullable(),
  createdAt: when,
});

/** What marketplace tells of the market, by what it is. @see marketplace's `tutorCopies` and its kin */
export const marketCopies = z.object({
  tutors: z.array(tutor),
  orders: z.array(order),
  applications: z.array(application),
  bookings: z.array(booking),
  reviews: z.array(review),
});

/** @see marketCopies */
export type MarketCopies = z.output<typeof marketCopies>;
/** @see MarketCopies */
export type CopiesName = keyof MarketCopies;

/** No copies at all, to which some are added. */
export const NO_COPIES: MarketCopies = { tutors: [], orders: [], applications: [], bookings: [], reviews: [] };

/** Under which name the copies of each kind are found. */
export const COPIES_OF = {
  TUTOR: 'tutors',
  ORDER: 'orders',
  APPLICATION: 'applications',
  BOOKING: 'bookings',
  REVIEW: 'reviews',
} as const satisfies Record<MarketKind, CopiesName>;

/** What is asked of marketplace for each kind: the field, and all that the schemas above want. */
export const QUESTIONS: Record<MarketKind, { field: string; selected: string }> = {
  TUTOR: {
    field: 'tutorCopies',
    selected: `${namesOf(tutor)} offerings { subjectId levels rateMinor }
      schedule { timeZone windows { weekday startsAtMinute endsAtMinute } }`,
  },
  ORDER: { field: 'orderCopies', selected: namesOf(order) },
  APPLICATION: { field: 'applicationCopies', selected: namesOf(application) },
  BOOKING: { field: 'bookingCopies', selected: namesOf(booking) },
  REVIEW: { field: 'reviewCopies', selected: namesOf(review) },
};

function namesOf({ shape }: { shape: Readonly<Record<string, unknown>> }): string {
  return Object.keys(shape)
    .filter((name) => name !== 'offerings' && name !== 'schedule')
    .join(' ');
}
