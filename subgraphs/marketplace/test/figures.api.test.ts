import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

const FROM = '2026-03-01T00:00:00.000Z';
const TO = '2026-04-01T00:00:00.000Z';
const PERFORMANCE = `query ($from: DateTime!, $to: DateTime!, $tutorId: ID) {
  tutorPerformance(from: $from, to: $to, tutorId: $tutorId) {
    from to tutor { id } completedLessons taughtMinutes trialLessons cancelledLessons missedLessons students newStudents
    studentRetention averageRating reviews earnings { amountMinor currency } earningsShare applications
    chosenApplications medianResponseMinutes demand { subject { id } newOrders openOrders tutors } } }`;
const METRICS = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on PlatformMetrics {
  newOrders newApplications successfulMatches medianMinutesToFirstApplication conversionToTrial conversionToRegular
  completedLessons cancelledLessons newReviews averageRating } } }`;

let market: Market;
let tutor: TestTutor;
let subjectId: string;
let admin: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  [tutor, subjectId, admin] = [await market.tutor(), await market.subject(), await market.graph.person('ADMIN')];
  await market.offering(tutor, subjectId);
  await story();
});

afterAll(() => market.close());

interface Lesson {
  student: TestPerson;
  at: string;
  minutes?: number;
  kind?: string;
  status?: string;
  commission?: number;
}

/** A lesson that took its time and costs 30.00 an hour. */
async function lesson({ student, at, minutes = 60, kind, status, commission }: Lesson): Promise<string> {
  const id = await market.booking(student, tutor, 'UNSCHEDULED', subjectId);
  const done = status ?? 'COMPLETED';
  await market.sql(
    `update marketplace.bookings set kind = ?, status = ?, starts_at = ?, ends_at = ?::timestamptz + make_interval(mins => ?),
       amount_minor = 50 * ?, commission_percent = ?,
       completed_at = case when ? = 'COMPLETED' then ?::timestamptz + make_interval(mins => ?) end,
       cancelled_at = case when ? = 'CANCELLED' then ?::timestamptz end,
       cancelled_by = case when ? = 'CANCELLED' then 'TUTOR' end,
       absent = case when ? = 'NO_SHOW' then 'TUTOR' end
     where id = ?`,
    [kind ?? 'REGULAR', done, at, at, minutes, minutes, commission ?? 20, done, at, minutes, done, at, done, done, id],
  );
  return id;
}

/** A March in which a student of February comes again and another does not, and a third one is new. */
async function story(): Promise<void> {
  const [loyal, gone, fresh] = [await market.student(), await market.student(), await market.student()];
  const answers = 'applications set created_at = ?, decided_at = ? where tutor_id = ?';
  await lesson({ student: loyal, at: '2026-02-10T10:00:00Z' });
  await lesson({ student: gone, at: '2026-02-11T10:00:00Z' });
  await market.sql(`update marketplace.orders set created_at = '2026-02-01T00:00:00Z'`);
  await market.sql(`update marketplace.${answers}`, ['2026-02-01T08:00:00Z', '2026-02-02T00:00:00Z', tutor.tutorId]);
  const reviewed = await lesson({ student: loyal, at: '2026-03-10T10:00:00Z' });
  await lesson({ student: fresh, at: '2026-03-11T10:00:00Z', kind: 'TRIAL', minutes: 30, commission: 100 });
  await lesson({ student: fresh, at: '2026-03-18T10:00:00Z', minutes: 90 });
  await lesson({ student: fresh, at: '2026-03-25T10:00:00Z', status: 'CANCELLED' });
  await lesson({ student: loyal, at: '2026-03-26T10:00:00Z', status: 'NO_SHOW' });
  await market.made('reviewTutor', { bookingId: reviewed, rating: 4 }, loyal, 'review');
  await market.sql(`update marketplace.reviews set created_at = '2026-03-12T00:00:00Z'`);
  await market.sql(`update marketplace.orders set created_at = '2026-03-01T10:00:00Z' where created_at > '2026-03-01'`);
  await market.sql(
    `update marketplace.applications set created_at = '2026-03-01T10:30:00Z', decided_at = '2026-03-02T00:00:00Z' where created_at > '2026-03-01'`,
  );
}

describe('tutorPerformance', () => {
  it('counts what a tutor did within a span, and what they keep of it', async () => {
    const { data } = await market.run(PERFORMANCE, { from: FROM, to: TO }, tutor);
    expect(data['tutorPerformance']).toEqual({
      from: FROM,
      to: TO,
      tutor: { id: tutor.tutorId },
      completedLessons: 3,
      taughtMinutes: 180,
      trialLessons: 1,
      cancelledLessons: 1,
      missedLessons: 1,
      students: 2,
      newStudents: 1,
      studentRetention: 0.5,
      averageRating: 4,
      reviews: 1,
      // 80 % of 30.00 and of 45.00; the trial is the platform's.
      earnings: [{ amountMinor: 6_000, currency: 'EUR' }],
      earningsShare: 6_000 / 9_000,
      applications: 5,
      chosenApplications: 5,
      medianResponseMinutes: 30,
      demand: [{ subject: { id: subjectId }, newOrders: 5, openOrders: 0, tutors: 1 }],
    });
  });

  it('rounds the share of each lesson as payments does: of the commission, half up', async () => {
    const span = { from: '2025-05-01T00:00:00Z', to: '2025-06-01T00:00:00Z' };
    // 33 % of 20.50 is 6.765, which payments takes for 6.77.
    await lesson({ student: await market.student(), at: '2025-05-05T10:00:00Z', minutes: 41, commission: 33 });
    const { data } = await market.run(PERFORMANCE, span, tutor);
    expect(data['tutorPerformance']).toMatchObject({ earnings: [{ amountMinor: 1_373, currency: 'EUR' }] });
  });

  it('counts as cancelled within a span what was cancelled then, whenever it was to be', async () => {
    const id = await lesson({ student: await market.student(), at: '2025-08-20T10:00:00Z', status: 'CANCELLED' });
    await market.sql(`update marketplace.bookings set cancelled_at = '2025-07-30T10:00:00Z' where id = ?`, [id]);
    const cancelled = async (from: string, to: string) =>
      (await market.run(PERFORMANCE, { from, to }, tutor)).data['tutorPerformance'];
    expect(await cancelled('2025-07-01T00:00:00Z', '2025-08-01T00:00:00Z')).toMatchObject({ cancelledLessons: 1 });
    expect(await cancelled('2025-08-01T00:00:00Z', '2025-09-01T00:00:00Z')).toMatchObject({ cancelledLessons: 0 });
  });

  it('is empty for a span in which nothing happened', async () => {
    const span = { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' };
    const { data } = await market.run(PERFORMANCE, span, tutor);
    expect(data['tutorPerformance']).toMatchObject({
      completedLessons: 0,
      studentRetention: null,
      averageRating: null,
      earnings: [],
      earningsShare: null,
      medianResponseMinutes: null,
    });
  });

  it('is for the tutor and staff; nobody else learns whether there are any', async () => {
    const ask = (person?: TestPerson, tutorId?: string) =>
      market.run(PERFORMANCE, { from: FROM, to: TO, tutorId }, person);
    expect((await ask(admin, tutor.tutorId)).data).toMatchObject({ tutorPerformance: { completedLessons: 3 } });
    for (const person of [await market.tutor(), await market.student(), await market.graph.person('CURATOR')]) {
      expect((await ask(person, tutor.tutorId)).data).toEqual({ tutorPerformance: null });
    }
    expect((await ask(admin)).data, 'who has no profile has no figures').toEqual({ tutorPerformance: null });
    expect((await ask()).codes).toEqual(['UNAUTHENTICATED']);
  });

  it.each([
    ['ends before it begins', TO, FROM],
    ['has no length', FROM, FROM],
    ['is longer than 366 days', '2025-01-01T00:00:00Z', '2026-01-03T00:00:00Z'],
  ])('is refused for a span that %s', async (_what, from, to) => {
    expect((await market.run(PERFORMANCE, { from, to }, tutor)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('takes the same number of statements for one subject and for many', async () => {
    const count = async () =>
      (await withStatements(() => market.run(PERFORMANCE, { from: FROM, to: TO }, tutor))).statements.length;
    const before = await count();
    for (let index = 0; index < 5; index++) await market.offering(tutor, await market.subject());
    expect(await count()).toBe(before);
  });
});

describe('PlatformMetrics', () => {
  it('tells how orders become lessons', async () => {
    const representations = [{ __typename: 'PlatformMetrics', from: FROM, to: TO }];
    const { result, statements } = await withStatements(() => market.run(METRICS, { representations }, admin));
    expect(result.data['_entities']).toEqual([
      {
        newOrders: 5,
        newApplications: 5,
        successfulMatches: 5,
        medianMinutesToFirstApplication: 30,
        conversionToTrial: 0.6,
        conversionToRegular: 1,
        completedLessons: 3,
        cancelledLessons: 1,
        newReviews: 1,
        averageRating: 4,
      },
    ]);
    expect(statements).toHaveLength(1);
  });
});
