import { randomUUID } from 'node:crypto';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { vi } from 'vitest';
import { database } from './account-fixtures.js';
import { made } from './made.js';
import type { Planted } from './planted-person.js';
import { study } from './planted-school.js';
import { pdf } from './sample-files.js';
import { upload } from './uploads-client.js';

const EUROS = { amountMinor: 3_000, currency: 'EUR' };

/** What somebody writes of themselves: everything by which they could be known. */
function about({ firstName, lastName, email, phone }: Planted): string {
  return `I am ${firstName} ${lastName}, write to ${email} or call ${phone}.`;
}

/** A tutor and a student do everything with each other that the marketplace offers. */
export async function meet(
  graph: TestGraph,
  [student, ofStudent]: readonly [TestPerson, Planted],
  [tutor, ofTutor]: readonly [TestPerson, Planted],
): Promise<void> {
  const admin = await graph.person('ADMIN');
  const make = (field: string, input: object, person: TestPerson, name: string) =>
    made(graph, field, input, person, name);
  const subjectId = await make(
    'createSubject',
    { slug: 'algebra', nameEn: 'Algebra', nameRu: 'Алгебра' },
    admin,
    'subject',
  );
  const text = about(ofTutor);
  const profile = { headline: text, biography: text, education: text, city: ofTutor.lastName, currency: 'EUR' };
  const more = { languages: ['en'], formats: ['ONLINE'], experienceYears: 5 };
  await make('createTutorProfile', { ...profile, ...more }, tutor, 'tutor');
  const offeringId = await make('addOffering', { subjectId, levels: ['EXAM'], hourlyRate: EUROS }, tutor, 'offering');
  await make('requestInterview', { offeringId, note: text, preferredTimes: text }, tutor, 'interview');
  await prove(graph, tutor, text);
  const own = about(ofStudent);
  const texts = { title: own, description: own, goal: own, preferredTimes: own, city: ofStudent.lastName };
  const order = { ...texts, subjectId, level: 'EXAM', format: 'ONLINE', budget: EUROS };
  const orderId = await make('postOrder', order, student, 'order');
  await make('postOrder', order, student, 'order');
  const application = { orderId, message: text, proposedRate: EUROS };
  const applicationId = await make('applyToOrder', application, tutor, 'application');
  const bookingId = await make('chooseApplication', { applicationId }, student, 'booking');
  await database(graph).execute(`update marketplace.bookings set status = 'COMPLETED' where id = ?`, [bookingId]);
  const reviewId = await make('reviewTutor', { bookingId, rating: 5, text: own }, student, 'review');
  await appeal(graph, student, own);
  await make('answerReview', { reviewId, text }, tutor, 'review');
  await appeal(graph, tutor, text);
  await dispute(graph, bookingId, own, text);
  await refuseMoney(graph, [student.userId, own], [tutor.userId, text]);
  await chat(graph, [student, own], [tutor, text]);
  await study(graph, [
    [student, own],
    [tutor, text],
  ]);
  for (const [person, { firstName, lastName, email }] of [
    [student, ofStudent],
    [tutor, ofTutor],
  ] as const) {
    const search = { name: lastName, filter: { text: 'algebra', city: lastName }, notify: true };
    await make('saveSearch', search, person, 'savedSearch');
    const address = `https://calendar.invalid/${encodeURIComponent(email)}.ics`;
    await make('connectCalendar', { address, name: `${firstName} ${lastName}` }, person, 'calendar');
  }
}

/** What both have said of a lesson that one called off and of another at which the other one is said to have been absent. */
async function dispute(graph: TestGraph, bookingId: string, ofStudent: string, ofTutor: string): Promise<void> {
  await database(graph).execute(
    `update marketplace.bookings set cancelled_by = 'STUDENT', cancel_reason = ?, absent = 'TUTOR', dispute_statement = ?
      where id = ?`,
    [ofStudent, ofTutor, bookingId],
  );
}

/** Both write to each other in the room that the application made, and the tutor tells staff of what the student wrote. */
async function chat(
  graph: TestGraph,
  [student, ofStudent]: readonly [TestPerson, string],
  [tutor, ofTutor]: readonly [TestPerson, string],
): Promise<void> {
  const roomId = await vi.waitFor(
    async () => {
      const { data } = await graph.run('messaging', '{ chatRooms { edges { node { id } } } }', {}, tutor);
      const { edges } = data['chatRooms'] as { edges: { node: { id: string } }[] };
      if (!edges[0]) throw new Error('There is no room yet');
      return edges[0].node.id;
    },
    { timeout: 30_000, interval: 50 },
  );
  const send = (text: string, person: TestPerson) =>
    made(graph, 'sendMessage', { roomId, text }, person, 'message', 'messaging');
  await send(ofTutor, tutor);
  const messageId = await send(ofStudent, student);
  await made(graph, 'reportMessage', { messageId, reason: 'OTHER', note: ofTutor }, tutor, 'report', 'messaging');
}

/** Staff writes of both of them why money goes back, and why it does not go out. */
async function refuseMoney(
  graph: TestGraph,
  [payerId, ofStudent]: readonly [string, string],
  [tutorUserId, ofTutor]: readonly [string, string],
): Promise<void> {
  const [db, paymentId] = [database(graph), randomUUID()];
  await db.execute(
    `insert into payments.payments (id, kind, method, status, payer_id, tutor_id, booking_id, amount_minor, currency,
       commission_percent, share_minor, tax_minor, paid_at, created_at, updated_at)
     values (?, 'LESSON', 'INTENT', 'SUCCEEDED', ?, gen_random_uuid(), gen_random_uuid(), 3000, 'EUR', 33, 2010, 0, now(), now(), now())`,
    [paymentId, payerId],
  );
  await db.execute(
    `insert into payments.refunds (id, payment_id, status, reason, amount_minor, share_minor, tax_minor, cause, requested_by,
       note, created_at) values (gen_random_uuid(), ?, 'FAILED', 'BY_STAFF', 100, 67, 0, 'planted', gen_random_uuid(), ?, now())`,
    [paymentId, ofStudent],
  );
  await db.execute(
    `insert into payments.withdrawals (id, tutor_id, user_id, status, amount_minor, currency, decided_by, rejection_reason,
       created_at, updated_at)
     values (gen_random_uuid(), gen_random_uuid(), ?, 'REJECTED', 100, 'EUR', gen_random_uuid(), ?, now(), now())`,
    [tutorUserId, ofTutor],
  );
}

/** Somebody whose words are held back says why they should not be. */
async function appeal(graph: TestGraph, person: TestPerson, statement: string): Promise<void> {
  const { data } = await graph.run('marketplace', '{ myModerationCases { edges { node { id } } } }', {}, person);
  const { edges } = data['myModerationCases'] as { edges: { node: { id: string } }[] };
  const caseId = edges[0]?.node.id;
  const decide = (decision: string) => ({ caseId, decision, reason: statement });
  const [one, other] = [await graph.person('ADMIN'), await graph.person('HR')];
  await made(graph, 'decideModeration', decide('REJECT'), one, 'moderationCase');
  await made(graph, 'appealModeration', { caseId, statement }, person, 'moderationCase');
  await made(graph, 'decideModeration', decide('PUBLISH'), other, 'moderationCase');
}

/** Somebody who teaches submits a document, and staff refuses it with words of its own. */
async function prove(graph: TestGraph, tutor: TestPerson, words: string): Promise<void> {
  const document = await upload(graph, tutor, pdf(), { kind: 'DOCUMENT', contentType: 'application/pdf' });
  const proof = { kind: 'DIPLOMA', title: words, issuer: words, number: words.slice(0, 100), uploadIds: [document.id] };
  const verificationId = await made(graph, 'submitVerification', proof, tutor, 'verification');
  const hr = await graph.person('HR');
  await made(graph, 'rejectVerification', { verificationId, reason: words }, hr, 'verification');
  const again = await upload(graph, tutor, pdf(), { kind: 'DOCUMENT', contentType: 'application/pdf' });
  await made(graph, 'submitVerification', { ...proof, uploadIds: [again.id] }, tutor, 'verification');
}
