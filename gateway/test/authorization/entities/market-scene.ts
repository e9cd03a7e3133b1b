import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { MadeEntity } from '../entity.js';
import type { World } from '../world.js';

/** A student, the tutor whom they chose and another who applied, with everything that lies between them. */
export interface MarketScene {
  ids: Readonly<
    Record<'subject' | 'tutor' | 'openOrder' | 'matchedOrder' | 'application' | 'booking' | 'review', string>
  >;
  /** Ids of accounts. */
  people: Readonly<Record<'student' | 'tutor', string>>;
  viewers: MadeEntity['viewers'];
}

/** What the service of a scene may read. */
const SERVICE_SCOPES = [
  'Application.status',
  'Booking.amount',
  'Booking.commissionPercent',
  'Booking.lessonsBefore',
  'Interview.status',
  'Review.state',
  'Subject.names',
  'Tutor.displayName',
  'Tutor.user',
];

/** Makes a scene of its own. */
export async function makeMarketScene({ graph }: World): Promise<MarketScene> {
  const student = await graph.person('STUDENT');
  const [tutor, applicant] = [await graph.person('TUTOR'), await graph.person('TUTOR')];
  const ids = await makeObjects(graph, student, tutor, applicant);
  const [staff, somebody] = [await graph.person('CURATOR'), await graph.person('STUDENT')];
  const viewers = {
    student: student.authorization,
    tutor: tutor.authorization,
    applicant: applicant.authorization,
    staff: staff.authorization,
    somebody: somebody.authorization,
    service: await graph.service('marketplace', SERVICE_SCOPES),
    nobody: undefined,
  };
  return { ids, people: { student: student.userId, tutor: tutor.userId }, viewers };
}

async function makeObjects(
  graph: TestGraph,
  student: TestPerson,
  tutor: TestPerson,
  applicant: TestPerson,
): Promise<MarketScene['ids']> {
  const rate = { amountMinor: 2_500, currency: 'EUR' };
  const apply = (orderId: string, person: TestPerson) =>
    make(graph, 'applyToOrder', { orderId, message: 'I can help.', proposedRate: rate }, person);
  const named = { slug: `algebra-${student.userId}`, nameEn: 'Algebra', nameRu: 'Алгебра' };
  const subject = await make(graph, 'createSubject', named, await graph.person('ADMIN'));
  const tutorId = await make(graph, 'createTutorProfile', PROFILE, tutor);
  await runSql(graph.databaseUrl, DIPLOMA_CONFIRMED, [tutorId]);
  await make(graph, 'createTutorProfile', PROFILE, applicant);
  await make(graph, 'setSchedule', { timeZone: 'Europe/Moscow', weeklyWindows: [] }, tutor);
  await make(graph, 'addOffering', { subjectId: subject, levels: ['EXAM'], hourlyRate: rate }, tutor);
  const wanted = { ...ORDER, subjectId: subject, budget: rate };
  const [openOrder, matchedOrder] = [
    await make(graph, 'postOrder', wanted, student),
    await make(graph, 'postOrder', wanted, student),
  ];
  for (const order of [openOrder, matchedOrder]) await apply(order, applicant);
  const application = await apply(matchedOrder, tutor);
  const booking = await make(graph, 'chooseApplication', { applicationId: application }, student);
  await runSql(graph.databaseUrl, LESSON_OVER, [booking]);
  const review = await make(graph, 'reviewTutor', { bookingId: booking, ...REVIEW }, student);
  await make(graph, 'answerReview', { reviewId: review, text: 'Thank you.' }, tutor);
  return { subject, tutor: tutorId, openOrder, matchedOrder, application, booking, review };
}

/** What each mutation makes. */
const objects = {
  createSubject: 'subject',
  createTutorProfile: 'tutor',
  setSchedule: 'tutor',
  addOffering: 'offering',
  postOrder: 'order',
  applyToOrder: 'application',
  chooseApplication: 'booking',
  reviewTutor: 'review',
  answerReview: 'review',
} as const;

/** Runs a mutation that must succeed. @returns the id of what it made */
async function make(graph: TestGraph, field: keyof typeof objects, input: object, person: TestPerson): Promise<string> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { answer: ${field}(input: $input) { made: ${objects[field]} { id } userErrors { code } } }`;
  const { data, errors } = await graph.run('marketplace', query, { input }, person);
  const { made } = (data['answer'] ?? {}) as { made?: { id: string } | null };
  if (made) return made.id;
  throw new Error(`${field}: ${JSON.stringify(errors ?? data)}`);
}

const LESSON_OVER = `update marketplace.bookings
  set status = 'COMPLETED', starts_at = now() - interval '1 hour', ends_at = now(), completed_at = now() where id = $1`;

const DIPLOMA_CONFIRMED = `insert into marketplace.verifications
    (id, tutor_id, kind, status, title, issuer, submitted_at, decided_at, valid_until)
  values ($1, $1, 'DIPLOMA', 'VERIFIED', 'Diploma', 'A university', now(), now(), now() + interval '1 year')`;

const REVIEW = { rating: 5, text: 'Clear and kind.', clarity: 5, preparation: 4, progress: 4, reassurance: 5 };

const PROFILE = {
  headline: 'Patient and well prepared',
  biography: 'Ten years at school.',
  education: 'A university.',
  city: 'Moscow',
  currency: 'EUR',
  languages: ['en'],
  formats: ['ONLINE', 'IN_PERSON'],
  experienceYears: 5,
};

const ORDER = {
  level: 'EXAM',
  title: 'Algebra before the exam',
  description: 'All of it.',
  goal: 'A good mark',
  format: 'IN_PERSON',
  city: 'Moscow',
  preferredTimes: 'In the evening',
};
