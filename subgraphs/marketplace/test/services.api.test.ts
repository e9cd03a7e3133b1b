import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_POLICY_ID } from '../src/policies/policy.rules.js';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;
let bookingId: string;

beforeAll(async () => {
  market = await Market.open();
  [student, subjectId] = [await market.student(), await market.subject()];
  tutor = await market.teacher(subjectId);
  bookingId = await market.booked(student, tutor, subjectId, { status: 'PENDING_PAYMENT' });
});

afterAll(() => market.close());

/** What an entity answers to whoever asks with this header. */
async function reference(type: string, id: string, selected: string, authorization?: string) {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selected} } } }`;
  const room = market.graph.rooms.get('marketplace');
  const variables = { r: [{ __typename: type, id }] };
  const result = await room?.subgraph.execute({ query, variables }, { authorization, requestId: 'request-1' });
  const entities = result?.data?.['_entities'] as unknown[] | undefined;
  return { entity: entities?.[0], codes: result?.errors?.map(({ extensions }) => extensions['code']) };
}

describe('a booking that another service of ours asks for', () => {
  const WANTED = [
    'status kind startsAt endsAt expiresAt paidAt packageId seriesId commissionPercent durationMinutes',
    'amount { amountMinor currency } student { id } tutor { id } subject { id } policy { id }',
  ].join(' ');

  it('tells it all that a payment needs', async () => {
    const fields = WANTED.match(/\w+( \{[^}]*\})?/g) ?? [];
    const found = await market.graph.client.entities('marketplace', 'Booking', [bookingId], fields);
    expect(found.get(bookingId)).toMatchObject({
      id: bookingId,
      status: 'PENDING_PAYMENT',
      kind: 'REGULAR',
      durationMinutes: 60,
      paidAt: null,
      packageId: null,
      commissionPercent: 33,
      amount: { amountMinor: 2_500, currency: 'EUR' },
      student: { id: student.userId },
      tutor: { id: tutor.tutorId },
      subject: { id: subjectId },
      policy: { id: FIRST_POLICY_ID },
    });
  });

  it('is refused with one scope too few, and is not there for nobody and strangers', async () => {
    const scopes = ['Booking.status', 'Booking.amount'];
    const asService = await market.graph.service('marketplace', scopes);
    expect(await reference('Booking', bookingId, 'status commissionPercent', asService)).toEqual({
      entity: undefined,
      codes: ['FORBIDDEN'],
    });
    expect(await reference('Booking', bookingId, 'amount { amountMinor }', asService)).toEqual({
      entity: { amount: { amountMinor: 2_500 } },
      codes: undefined,
    });
    expect((await reference('Booking', bookingId, 'status')).entity).toBeNull();
    const stranger = await market.student();
    expect((await reference('Booking', bookingId, 'status', stranger.authorization)).entity).toBeNull();
  });
});

describe('a tutor whom another service of ours asks for', () => {
  it('tells it the account behind, of hidden ones too, if its token says so', async () => {
    const { tutorId, userId } = await market.tutor();
    await market.sql('update marketplace.tutors set hidden_at = now() where id = ?', [tutorId]);
    const found = await market.graph.client.entities('marketplace', 'Tutor', [tutorId], ['displayName', 'user { id }']);
    expect(found.get(tutorId)).toEqual({ id: tutorId, displayName: 'Tanya T.', user: { id: userId } });
    const scoped = await market.graph.service('marketplace', ['Tutor.displayName']);
    expect((await reference('Tutor', tutorId, 'displayName', scoped)).entity).toEqual({ displayName: 'Tanya T.' });
    expect((await reference('Tutor', tutorId, 'displayName user { id }', scoped)).codes).toEqual(['FORBIDDEN']);
    expect((await reference('Tutor', tutorId, 'displayName')).entity).toBeNull();
    expect((await reference('Tutor', tutor.tutorId, 'displayName user { id }')).entity).toEqual({
      displayName: 'Tanya T.',
      user: null,
    });
  });
});

describe('an order that another service of ours asks for', () => {
  it('tells it who posted it, also once it is closed, if its token says so', async () => {
    const orderId = await market.order(student);
    await market.mutate('closeOrder', { orderId }, student);
    const found = await market.graph.client.entities('marketplace', 'Order', [orderId], ['status', 'student { id }']);
    expect(found.get(orderId)).toEqual({ id: orderId, status: 'CLOSED', student: { id: student.userId } });
    const scoped = await market.graph.service('marketplace', ['Order.status']);
    expect((await reference('Order', orderId, 'status', scoped)).entity).toBeNull();
  });
});

describe('tutorOfUser', () => {
  const OF_USER = 'query ($userId: ID!) { tutorOfUser(userId: $userId) { id } }';
  const ask = async (userId: string) =>
    (await market.graph.client.query('marketplace', { query: OF_USER, variables: { userId } }, ['tutorOfUser']))[
      'tutorOfUser'
    ];

  it('tells our services the profile of an account, and nobody else', async () => {
    expect(await ask(tutor.userId)).toEqual({ id: tutor.tutorId });
    expect([await ask(student.userId), await ask('x')]).toEqual([null, null]);
    expect((await market.run(OF_USER, { userId: tutor.userId }, tutor)).codes).toEqual(['FORBIDDEN']);
  });

  it('has none for an account that was erased', async () => {
    const erased = await market.tutor();
    await market.sql('update marketplace.tutors set erased_at = now() where id = ?', [erased.tutorId]);
    expect(await ask(erased.userId)).toBeNull();
  });
});

describe('packageTerms', () => {
  const TERMS = `query ($studentId: ID!, $tutorId: ID!, $subjectId: ID!, $lessons: Int!, $minutes: Int!) {
    packageTerms(studentId: $studentId, tutorId: $tutorId, subjectId: $subjectId, lessons: $lessons, durationMinutes: $minutes) {
      amount { amountMinor currency } lessons durationMinutes validDays commissionPercent policyId } }`;

  const terms = async (change: object = {}): Promise<unknown> => {
    const wanted = { studentId: student.userId, tutorId: tutor.tutorId, subjectId, lessons: 5, minutes: 60, ...change };
    const request = { query: TERMS, variables: wanted };
    return (await market.graph.client.query('marketplace', request, ['packageTerms']))['packageTerms'];
  };

  it('tell what a package costs everybody who has agreed upon nothing', async () => {
    const { userId: studentId } = await market.student();
    expect(await terms({ studentId, lessons: 10, minutes: 90 })).toEqual({
      amount: { amountMinor: 33_750, currency: 'EUR' },
      lessons: 10,
      durationMinutes: 90,
      validDays: 180,
      commissionPercent: 33,
      policyId: FIRST_POLICY_ID,
    });
  });

  it('tell what it costs this student, as they see it themselves, and the commission that the tutor has reached', async () => {
    await market.sql('update marketplace.student_rates set rate_minor = 2000 where student_id = ?', [student.userId]);
    const query = `query ($tutorId: ID!, $subjectId: ID!) {
      packageOffers(tutorId: $tutorId, subjectId: $subjectId) { lessons price { amountMinor currency } } }`;
    const { data } = await market.run(query, { tutorId: tutor.tutorId, subjectId }, student);
    await market.sql(
      `insert into marketplace.bookings (id, tutor_id, student_id, subject_id, price_minor, amount_minor, currency, policy_id,
         commission_percent, status, starts_at, ends_at, paid_at, completed_at, completed_by, created_at, updated_at)
       select gen_random_uuid(), tutor_id, student_id, subject_id, price_minor, amount_minor, currency, policy_id,
         commission_percent, 'COMPLETED', now() - n * interval '1 day' - interval '4 hours', now() - n * interval '1 day',
         now(), now(), 'SYSTEM', now(), now()
       from marketplace.bookings, generate_series(1, 6) n where id = ?`,
      [bookingId],
    );
    const { amount, commissionPercent } = (await terms()) as { amount: object; commissionPercent: number };
    expect(amount).toEqual({ amountMinor: 9_500, currency: 'EUR' });
    expect(data['packageOffers']).toContainEqual({ lessons: 5, price: amount });
    expect(commissionPercent).toBe(28);
  });

  it.each([
    ['a size that there is not', { lessons: 6 }],
    ['a length that no lesson has', { minutes: 47 }],
    ['a tutor that there is not', { tutorId: NOBODY }],
    ['a student whose id is none', { studentId: 'x' }],
  ])('are not there for %s', async (_what, change) => {
    expect(await terms(change)).toBeNull();
  });

  it('are not there where nothing can be booked, nor for the tutor themselves', async () => {
    expect(await terms({ subjectId: await market.subject() })).toBeNull();
    expect(await terms({ studentId: tutor.userId })).toBeNull();
    await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
    expect(await terms()).toBeNull();
    await market.made('hideTutorProfile', { hidden: false }, tutor, 'tutor');
  });

  it('are for our services only', async () => {
    const variables = { studentId: student.userId, tutorId: tutor.tutorId, subjectId, lessons: 5, minutes: 60 };
    expect((await market.run(TERMS, variables)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await market.run(TERMS, variables, student)).codes).toEqual(['FORBIDDEN']);
    const query = { query: TERMS, variables };
    await expect(market.graph.client.query('marketplace', query, ['Booking.amount'])).rejects.toThrow(/did not answer/);
  });
});
