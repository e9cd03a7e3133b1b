import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  market = await Market.open();
  [student, subjectId] = [await market.student(), await market.subject()];
  tutor = await market.teacher(subjectId);
});

afterAll(() => market.close());

type Copy = Record<string, unknown> & { id: string };

async function copies(field: string, selected: string, asked: object): Promise<Copy[]> {
  const query = `query ($ids: [ID!], $after: ID, $first: Int) {
    ${field}(ids: $ids, after: $after, first: $first) { id ${selected} } }`;
  return (await market.graph.client.query('marketplace', { query, variables: { ...asked } }, [field]))[field] as Copy[];
}

it('a tutor is copied with what they offer and when they teach', async () => {
  const teacher = await market.teacher(subjectId);
  const weeklyWindows = [{ weekday: 'TUESDAY', startsAtMinute: 540, endsAtMinute: 720 }];
  await market.made('setSchedule', { timeZone: 'Europe/Berlin', weeklyWindows }, teacher, 'tutor');
  const [copy] = await copies(
    'tutorCopies',
    `userId hidden currency city languages formats experienceYears premium verifiedUntil headline biography createdAt
     changedAt offerings { subjectId levels rateMinor } schedule { timeZone windows { weekday startsAtMinute endsAtMinute } }`,
    { ids: [teacher.tutorId] },
  );
  expect(copy).toMatchObject({
    userId: teacher.userId,
    hidden: false,
    premium: false,
    verifiedUntil: null,
    offerings: [{ subjectId, rateMinor: 2_500 }],
    schedule: { timeZone: 'Europe/Berlin', windows: [{ weekday: 2, startsAtMinute: 540, endsAtMinute: 720 }] },
  });
  expect(new Date(String(copy?.['changedAt'])).getTime()).toBeGreaterThanOrEqual(
    new Date(String(copy?.['createdAt'])).getTime(),
  );
});

it('hidden tutors are copied as such, erased ones not at all', async () => {
  const [hidden, erased] = [await market.tutor(), await market.tutor()];
  await market.sql('update marketplace.tutors set hidden_at = now() where id = any(array[?, ?]::uuid[])', [
    hidden.tutorId,
    erased.tutorId,
  ]);
  await market.sql('update marketplace.tutors set erased_at = now() where id = ?', [erased.tutorId]);
  const found = await copies('tutorCopies', 'hidden', { ids: [hidden.tutorId, erased.tutorId, 'x'] });
  expect(found).toEqual([{ id: hidden.tutorId, hidden: true }]);
});

it('orders, applications and bookings are copied as they stand; what was not paid in time is not', async () => {
  const orderId = await market.order(student);
  expect(await copies('orderCopies', 'status studentId level format createdAt closedAt', { ids: [orderId] })).toEqual([
    expect.objectContaining({ id: orderId, status: 'OPEN', studentId: student.userId, closedAt: null }),
  ]);
  const missed = await market.booked(student, tutor, subjectId, { status: 'EXPIRED' });
  expect(await copies('bookingCopies', 'status letDown', { ids: [missed] })).toEqual([]);
  await market.sql(
    `update marketplace.bookings set status = 'NO_SHOW', absent = 'TUTOR', expires_at = null where id = ?`,
    [missed],
  );
  expect(await copies('bookingCopies', 'status letDown startsAt', { ids: [missed] })).toEqual([
    expect.objectContaining({ id: missed, status: 'NO_SHOW', letDown: true }),
  ]);
});

it('pages follow each other in the order of ids without a gap', async () => {
  for (let made = 0; made < 3; made++) await market.order(student);
  const all = await copies('orderCopies', 'status', {});
  const paged: Copy[] = [];
  for (;;) {
    const page = await copies('orderCopies', 'status', { after: paged.at(-1)?.id, first: 2 });
    paged.push(...page);
    if (page.length < 2) break;
  }
  expect(paged).toEqual(all);
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort());
});

it('too much at once and what is no id are refused, and so is everybody but our services', async () => {
  await expect(copies('reviewCopies', 'rating', { first: 501 })).rejects.toThrow(/did not answer/);
  await expect(copies('reviewCopies', 'rating', { ids: new Array(501).fill('x') })).rejects.toThrow(/did not answer/);
  await expect(copies('reviewCopies', 'rating', { after: 'x' })).rejects.toThrow(/did not answer/);
  expect((await market.run('{ tutorCopies { userId } }')).codes).toEqual(['UNAUTHENTICATED']);
  expect((await market.run('{ applicationCopies { id } }', {}, tutor)).codes).toEqual(['FORBIDDEN']);
});
