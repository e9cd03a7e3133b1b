import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market } from './market.js';
import { openReplica, type Replica } from './replica.js';

const AT_ONCE = 50;
let market: Market;
let replicas: [Replica, Replica];

beforeAll(async () => {
  market = await Market.open();
  replicas = [await openReplica(market), await openReplica(market)];
});

afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await market.close();
});

const replica = (index: number) => replicas[index % 2 === 0 ? 0 : 1];

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('two replicas on one database', () => {
  it(`choose one application when ${AT_ONCE} are chosen at once, and tell the others`, async () => {
    const student = await market.student();
    const orderId = await market.order(student);
    const applications: string[] = [];
    for (let index = 0; index < AT_ONCE; index++) {
      applications.push(await market.application(await market.tutor(), orderId));
    }
    const answers = await Promise.all(
      applications.map((applicationId, index) =>
        replica(index).refused('chooseApplication', { applicationId }, student),
      ),
    );
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(new Set(answers.flat())).toEqual(new Set(['ALREADY_CHOSEN']));
    const counts = await market.sql(
      `select (select count(*)::int from marketplace.applications where order_id = ? and status = 'CHOSEN') as chosen,
              (select count(*)::int from marketplace.applications where order_id = ? and status = 'NOT_CHOSEN') as passed,
              (select count(*)::int from marketplace.bookings where order_id = ?) as booked`,
      [orderId, orderId, orderId],
    );
    expect(counts).toEqual([{ chosen: 1, passed: AT_ONCE - 1, booked: 1 }]);
  });

  it(`take one of ${AT_ONCE} applications of a tutor at once`, async () => {
    const [student, tutor] = [await market.student(), await market.tutor()];
    const orderId = await market.order(student);
    const input = { orderId, message: 'I can help.', proposedRate: { amountMinor: 3_000, currency: 'EUR' } };
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => replica(index).refused('applyToOrder', input, tutor)),
    );
    expect(answers.flat()).toEqual(Array.from({ length: AT_ONCE - 1 }, () => 'ALREADY_APPLIED'));
  });

  it('leave nobody waiting when an order closes while tutors apply', async () => {
    const student = await market.student();
    const orderId = await market.order(student);
    const tutors = await Promise.all(Array.from({ length: 10 }, () => market.tutor()));
    const input = { orderId, message: 'I can help.', proposedRate: { amountMinor: 3_000, currency: 'EUR' } };
    const [closed, ...applied] = await Promise.all([
      replica(0).refused('closeOrder', { orderId }, student),
      ...tutors.map((tutor, index) => replica(index).refused('applyToOrder', input, tutor)),
    ]);
    expect(closed).toEqual([]);
    expect(applied.flat().filter((code) => code !== 'ORDER_NOT_OPEN')).toEqual([]);
    const waiting = `select id from marketplace.applications where order_id = ? and status = 'PENDING'`;
    expect(await market.sql(waiting, [orderId])).toEqual([]);
  });

  it(`count every one of ${AT_ONCE} reviews at once`, async () => {
    const tutor = await market.tutor();
    const reviewers = [];
    for (let index = 0; index < AT_ONCE; index++) {
      const student = await market.student();
      reviewers.push({ student, bookingId: await market.booking(student, tutor, 'COMPLETED') });
    }
    await Promise.all(
      reviewers.map(({ student, bookingId }, index) =>
        replica(index).refused('reviewTutor', { bookingId, rating: (index % 5) + 1 }, student),
      ),
    );
    const { data } = await market.run('query ($id: ID!) { tutor(id: $id) { rating reviewCount } }', {
      id: tutor.tutorId,
    });
    expect(data).toEqual({ tutor: { rating: 3, reviewCount: AT_ONCE } });
  });
});

describe('the database', () => {
  it('allows one chosen application an order, whatever a program does', async () => {
    const orderId = await market.order(await market.student());
    for (const tutor of [await market.tutor(), await market.tutor()]) await market.application(tutor, orderId);
    const choose = `update marketplace.applications set status = 'CHOSEN', decided_at = now() where order_id = ?`;
    await expect(market.sql(choose, [orderId])).rejects.toThrow('applications_one_chosen');
  });
});
