import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { database } from './account-fixtures.js';
import type { Planted } from './planted-person.js';

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
  await make('addOffering', { subjectId, levels: ['EXAM'], hourlyRate: EUROS }, tutor, 'offering');
  const own = about(ofStudent);
  const texts = { title: own, description: own, goal: own, preferredTimes: own, city: ofStudent.lastName };
  const order = { ...texts, subjectId, level: 'EXAM', format: 'ONLINE', budget: EUROS };
  const orderId = await make('postOrder', order, student, 'order');
  await make('postOrder', order, student, 'order');
  const application = { orderId, message: text, proposedRate: EUROS };
  const applicationId = await make('applyToOrder', application, tutor, 'application');
  const bookingId = await make('chooseApplication', { applicationId }, student, 'booking');
  await database(graph).execute(`update marketplace.bookings set status = 'COMPLETED' where id = ?`, [bookingId]);
  await make('reviewTutor', { bookingId, rating: 5, text: own }, student, 'review');
}

async function made(graph: TestGraph, field: string, input: object, person: TestPerson, name: string): Promise<string> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${name} { id } userErrors { code field } } }`;
  const { data, errors } = await graph.run('marketplace', query, { input }, person);
  const payload = data[field] as Record<string, { id: string } | null> | null;
  const id = payload?.[name]?.id;
  if (!id) throw new Error(`${field} was refused: ${JSON.stringify([errors, payload])}`);
  return id;
}
