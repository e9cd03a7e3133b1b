import { z } from 'zod';
import type { SubjectWords } from '../catalogue/values.js';
import type { Ask, Question } from './ask.js';
import { money, subjectOf, tutorOf } from './lessons.js';
import type { Person } from './people.js';

const reference = z.object({ id: z.uuid() });
const when = z.iso.datetime({ offset: true }).nullable();

const ORDER = {
  room: 'marketplace',
  type: 'Order',
  fields: ['student { id }'],
  schema: z.object({ id: z.uuid(), student: reference.nullable() }),
} satisfies Question;

const APPLICATION = {
  room: 'marketplace',
  type: 'Application',
  fields: ['status', 'proposedRate { amountMinor currency }', 'order { id }', 'tutor { id }'],
  schema: z.object({ id: z.uuid(), status: z.string(), proposedRate: money, order: reference, tutor: reference }),
} satisfies Question;

/** What a tutor has offered to a student who looks for one. */
export interface Application {
  id: string;
  status: string;
  orderId: string;
  studentId: string;
  tutor: Person;
  rate: z.output<typeof money>;
}

/** An application; null when there is none, or its order is gone. */
export async function applicationOf(ask: Ask, id: string): Promise<Application | null> {
  const application = await ask.entity(APPLICATION, id);
  if (!application) return null;
  const [order, tutor] = await Promise.all([
    ask.entity(ORDER, application.order.id),
    tutorOf(ask, application.tutor.id),
  ]);
  if (!order?.student || !tutor) return null;
  const { status, proposedRate: rate } = application;
  return { id, status, orderId: order.id, studentId: order.student.id, tutor, rate };
}

const INTERVIEW = {
  room: 'marketplace',
  type: 'Interview',
  fields: [
    'status',
    'startsAt',
    'verdict',
    'rejectionReason',
    'cancelReason',
    'interviewer { id }',
    'tutor { id }',
  ].concat('subject { id }'),
  schema: z.object({
    id: z.uuid(),
    status: z.string(),
    startsAt: when,
    verdict: z.string().nullable(),
    rejectionReason: z.string().nullable(),
    cancelReason: z.string().nullable(),
    interviewer: reference.nullable(),
    tutor: reference,
    subject: reference,
  }),
} satisfies Question;

/** A talk of staff with a tutor about a subject. */
export interface Interview extends Omit<z.output<typeof INTERVIEW.schema>, 'interviewer' | 'tutor' | 'subject'> {
  interviewerId: string | null;
  tutor: Person;
  subject: SubjectWords;
}

/** An interview; null when there is none. */
export async function interviewOf(ask: Ask, id: string): Promise<Interview | null> {
  const interview = await ask.entity(INTERVIEW, id);
  if (!interview) return null;
  const [tutor, subject] = await Promise.all([tutorOf(ask, interview.tutor.id), subjectOf(ask, interview.subject.id)]);
  return tutor && { ...interview, interviewerId: interview.interviewer?.id ?? null, tutor, subject };
}

const REVIEW = {
  room: 'marketplace',
  type: 'Review',
  fields: ['state', 'rating', 'tutor { id }', 'subject { id }'],
  schema: z.object({ id: z.uuid(), state: z.string(), rating: z.number().int(), tutor: reference, subject: reference }),
} satisfies Question;

/** What a student says of a tutor. */
export interface Review {
  id: string;
  state: string;
  rating: number;
  tutor: Person;
  subject: SubjectWords;
}

/** A review; null when there is none. */
export async function reviewOf(ask: Ask, id: string): Promise<Review | null> {
  const review = await ask.entity(REVIEW, id);
  if (!review) return null;
  const [tutor, subject] = await Promise.all([tutorOf(ask, review.tutor.id), subjectOf(ask, review.subject.id)]);
  return tutor && { ...review, tutor, subject };
}

const RATE = {
  room: 'marketplace',
  name: 'studentRate',
  query: `query ($id: ID!) {
    studentRate(id: $id) { hourlyRate { amountMinor currency } proposedRate { amountMinor currency } }
  }`,
  schema: z.object({ hourlyRate: money, proposedRate: money.nullable() }).nullable(),
};

/** What an hour costs a student, and what the tutor would like; null when there is no such rate. */
export function rateOf(ask: Ask, id: string): Promise<z.output<typeof RATE.schema>> {
  return ask.field(RATE, { id });
}

const CASE = {
  room: 'marketplace',
  name: 'moderationCase',
  query: `query ($id: ID!) { moderationCase(id: $id) { status outcome reason } }`,
  schema: z.object({ status: z.string(), outcome: z.string().nullable(), reason: z.string().nullable() }).nullable(),
};

/** Where a moderation case stands; null when there is none. */
export function caseOf(ask: Ask, id: string): Promise<z.output<typeof CASE.schema>> {
  return ask.field(CASE, { id });
}
