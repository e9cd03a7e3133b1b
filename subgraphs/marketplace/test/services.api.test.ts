import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_POLICY_ID } from '../src/policies/policy.rules.js';
import { Market, type TestTutor } from './market.js';

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
