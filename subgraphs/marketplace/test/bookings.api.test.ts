import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
const BOOKING = `query ($id: ID!) { booking(id: $id) {
  id status price { amountMinor currency } student { id } tutor { id }
  order { status } application { status } subject { id } review { rating } } }`;
const MINE = `query ($filter: MyBookingsFilter, $first: Int, $after: String) {
  myBookings(filter: $filter, first: $first, after: $after) { totalCount edges { node { id } } } }`;

beforeAll(async () => {
  market = await Market.open();
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(() => market.close());

describe('a booking', () => {
  it('is for its two people and staff', async () => {
    const subjectId = await market.subject();
    const id = await market.booking(student, tutor, 'UNSCHEDULED', subjectId);
    const whole = {
      booking: {
        id,
        status: 'UNSCHEDULED',
        price: { amountMinor: 3_000, currency: 'EUR' },
        student: { id: student.userId },
        tutor: { id: tutor.tutorId },
        order: { status: 'MATCHED' },
        application: { status: 'CHOSEN' },
        subject: { id: subjectId },
        review: null,
      },
    };
    for (const person of [student, tutor, await market.graph.person('SUPERVISOR')]) {
      expect((await market.run(BOOKING, { id }, person)).data).toEqual(whole);
    }
    for (const person of [await market.student(), await market.tutor(), await market.graph.person('HR')]) {
      expect((await market.run(BOOKING, { id }, person)).data).toEqual({ booking: null });
    }
    expect((await market.run(BOOKING, { id })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await market.run(BOOKING, { id: 'x' }, student)).data).toEqual({ booking: null });
  });

  it('shows its review', async () => {
    const id = await market.booking(student, tutor, 'COMPLETED');
    await market.made('reviewTutor', { bookingId: id, rating: 5 }, student, 'review');
    expect((await market.run(BOOKING, { id }, tutor)).data).toMatchObject({ booking: { review: { rating: 5 } } });
  });
});

describe('myBookings', () => {
  it('are those of either side, the newest first, by status and by what one is in them', async () => {
    const [learner, teacher] = [await market.student(), await market.tutor()];
    const first = await market.booking(learner, teacher);
    const second = await market.booking(learner, teacher, 'COMPLETED');
    const mine = (person: TestPerson, filter?: object) => market.ids(MINE, 'myBookings', { filter }, person);
    expect(await mine(learner)).toEqual([second, first]);
    expect(await mine(teacher)).toEqual([second, first]);
    expect(await mine(learner, { status: 'COMPLETED' })).toEqual([second]);
    expect(await mine(learner, { role: 'STUDENT' })).toEqual([second, first]);
    expect(await mine(learner, { role: 'TUTOR' })).toEqual([]);
    expect(await mine(teacher, { role: 'TUTOR', status: 'UNSCHEDULED' })).toEqual([first]);
    expect(await mine(teacher, { role: 'STUDENT' })).toEqual([]);
    expect(await mine(await market.student())).toEqual([]);
  });

  it('are ordered by when lessons begin, those without a time last, through all pages', async () => {
    const [learner, teacher] = [await market.student(), await market.tutor()];
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.push(await market.booking(learner, teacher, 'COMPLETED'));
    const [a = '', b = '', c = '', d = '', timeless = ''] = made;
    const at = (id: string, day: number) =>
      market.sql(
        `update marketplace.bookings set starts_at = timestamptz '2030-05-01Z' + make_interval(days => ?::int),
           ends_at = timestamptz '2030-05-01T01:00Z' + make_interval(days => ?::int) where id = ?`,
        [day, day, id],
      );
    await Promise.all([at(a, 3), at(b, 1), at(c, 4), at(d, 2)]);
    await market.sql('update marketplace.bookings set starts_at = null, ends_at = null where id = ?', [timeless]);
    const query = `query ($orderBy: BookingOrder, $after: String, $first: Int = 2) {
      myBookings(orderBy: $orderBy, first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
    const walk = async (orderBy: string | null) => {
      const seen: string[] = [];
      for (let after: string | null | undefined; after !== null; ) {
        const { data } = await market.run(query, { orderBy, after }, learner);
        const page = data['myBookings'] as {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
        seen.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      }
      return seen;
    };
    expect(await walk('EARLIEST')).toEqual([b, d, a, c, timeless]);
    expect(await walk('LATEST')).toEqual([c, a, d, b, timeless]);
    expect(await walk('NEWEST')).toEqual([...made].reverse());
    expect(await walk(null)).toEqual([...made].reverse());
  });

  it('are not for somebody who is not signed in, nor in a page beyond all bounds', async () => {
    expect((await market.run(MINE)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await market.run(MINE, { first: 101 }, student)).codes).toEqual(['BAD_USER_INPUT']);
  });
});
