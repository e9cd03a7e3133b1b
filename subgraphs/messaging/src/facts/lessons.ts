import { z } from 'zod';
import type { SubjectWords } from '../catalogue/values.js';
import type { Ask, Question } from './ask.js';
import { type Person, personOf } from './people.js';

const reference = z.object({ id: z.uuid() });
const when = z.iso.datetime({ offset: true }).nullable();
/** Money as the graph tells it, which is also what values take. */
export const money = z.object({ amountMinor: z.number().int(), currency: z.string() });

const TUTOR = {
  room: 'marketplace',
  type: 'Tutor',
  fields: ['user { id }'],
  schema: z.object({ id: z.uuid(), user: reference.nullable() }),
} satisfies Question;

const SUBJECT = {
  room: 'marketplace',
  type: 'Subject',
  fields: ['names { locale name }'],
  schema: z.object({ names: z.array(z.object({ locale: z.string(), name: z.string() })) }),
} satisfies Question;

const BOOKING = {
  room: 'marketplace',
  type: 'Booking',
  fields: ['status', 'startsAt', 'expiresAt', 'packageId', 'amount { amountMinor currency }'].concat(
    'seriesId',
    'cancellation { at }',
    'student { id }',
    'tutor { id }',
    'subject { id }',
  ),
  schema: z.object({
    id: z.uuid(),
    status: z.string(),
    startsAt: when,
    expiresAt: when,
    packageId: z.uuid().nullable(),
    seriesId: z.uuid().nullable(),
    cancellation: z.object({ at: z.string() }).nullable(),
    amount: money,
    student: reference,
    tutor: reference,
    subject: reference,
  }),
} satisfies Question;

/** A lesson and its two people. */
export interface Lesson extends Omit<z.output<typeof BOOKING.schema>, 'student' | 'tutor' | 'subject'> {
  student: Person;
  tutor: Person;
  tutorId: string;
  /** What is taught, by language, as values have it. */
  subject: SubjectWords;
}

/** A lesson; null when there is none. */
export async function lessonOf(ask: Ask, bookingId: string): Promise<Lesson | null> {
  const booking = await ask.entity(BOOKING, bookingId);
  if (!booking) return null;
  const [student, tutor, subject] = await Promise.all([
    personOf(ask, booking.student.id),
    tutorOf(ask, booking.tutor.id),
    subjectOf(ask, booking.subject.id),
  ]);
  return student && tutor && { ...booking, student, tutor, tutorId: booking.tutor.id, subject };
}

const SERIES = {
  room: 'marketplace',
  type: 'Booking',
  fields: ['series { id }'],
  schema: z.object({ series: z.array(reference) }),
} satisfies Question;

/** With which others of its series, itself among them, a lesson was cancelled at once; empty for one that was cancelled alone. */
export async function cancelledWith(ask: Ask, { id, seriesId, cancellation }: Lesson): Promise<string[]> {
  const series = seriesId && cancellation ? ((await ask.entity(SERIES, id))?.series ?? []) : [];
  const bookings = await Promise.all(series.map((one) => ask.entity(BOOKING, one.id)));
  const together = bookings.flatMap((booking) =>
    booking?.cancellation?.at === cancellation?.at ? (booking?.id ?? []) : [],
  );
  return together.length > 1 ? together : [];
}

/** The person behind a tutor's profile; null when there is no such profile. */
export async function tutorOf(ask: Ask, tutorId: string): Promise<Person | null> {
  const tutor = await ask.entity(TUTOR, tutorId);
  return tutor?.user ? personOf(ask, tutor.user.id) : null;
}

/** What a subject is called, as values have it: `subject:ru`, `subject:en`. */
export async function subjectOf(ask: Ask, subjectId: string): Promise<SubjectWords> {
  const subject = await ask.entity(SUBJECT, subjectId);
  return Object.fromEntries((subject?.names ?? []).map(({ locale, name }) => [`subject:${locale}`, name]));
}
