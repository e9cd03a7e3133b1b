import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
let subjectId: string;

beforeAll(async () => {
  market = await Market.open();
  [student, tutor, subjectId] = [await market.student(), await market.tutor(), await market.subject()];
});

afterAll(() => market.close());

const completed = () => market.booking(student, tutor, 'COMPLETED', subjectId);
const review = async (input: object = {}) =>
  (await market.made('reviewTutor', { bookingId: await completed(), rating: 4, ...input }, student, 'review')).id;

describe('reviewTutor', () => {
  it('is kept with the tutor’s rating', async () => {
    const own = await market.tutor();
    const bookings = [await market.booking(student, own, 'COMPLETED'), await market.booking(student, own, 'COMPLETED')];
    const first = await market.mutate('reviewTutor', { bookingId: bookings[0], rating: 5, text: ' Good ' }, student);
    expect(first.payload).toMatchObject({ review: { rating: 5, text: 'Good' }, tutor: { rating: 5, reviewCount: 1 } });
    const second = await market.mutate('reviewTutor', { bookingId: bookings[1], rating: 4 }, student);
    expect(second.payload).toMatchObject({ review: { rating: 4, text: null }, tutor: { rating: 4.5, reviewCount: 2 } });
  });

  it('is possible once a booking, also when asked many times at once', async () => {
    const bookingId = await completed();
    const answers = await Promise.all(
      [1, 2, 3].map((rating) => market.mutate('reviewTutor', { bookingId, rating }, student)),
    );
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['ALREADY_REVIEWED', 'ALREADY_REVIEWED']);
    expect((await market.mutate('reviewTutor', { bookingId, rating: 5 }, student)).refused).toEqual([
      'ALREADY_REVIEWED',
    ]);
  });

  it.each(['UNSCHEDULED', 'CANCELLED'])('is refused after a booking that is %s', async (status) => {
    const bookingId = await market.booking(student, tutor, status, subjectId);
    expect((await market.mutate('reviewTutor', { bookingId, rating: 5 }, student)).refused).toEqual([
      'BOOKING_NOT_COMPLETED',
    ]);
  });

  it('is for the student of the booking', async () => {
    const bookingId = await completed();
    const refused = async (person: TestPerson) =>
      (await market.mutate('reviewTutor', { bookingId, rating: 5 }, person)).refused;
    expect(await refused(await market.graph.person('SUPER_ADMIN'))).toEqual(['NOT_YOUR_BOOKING']);
    expect(await refused(await market.student())).toEqual(['NOT_FOUND']);
  });

  it.each([
    ['a booking that nobody knows', { bookingId: NOBODY }, 'NOT_FOUND'],
    ['a rating of nothing', { rating: 0 }, 'INVALID_INPUT'],
    ['a rating beyond all bounds', { rating: 6 }, 'INVALID_INPUT'],
    ['a text beyond all bounds', { text: 'x'.repeat(3_001) }, 'INVALID_INPUT'],
  ])('refuses %s', async (_what, change, code) => {
    const input = { bookingId: await completed(), rating: 5, ...change };
    expect((await market.mutate('reviewTutor', input, student)).refused).toEqual([code]);
  });
});

describe('updateReview', () => {
  it('changes rating and text and the tutor’s rating with them, and may be repeated', async () => {
    const own = await market.tutor();
    const bookingId = await market.booking(student, own, 'COMPLETED');
    const reviewId = await review({ bookingId, text: 'Fine' });
    const { payload } = await market.mutate('updateReview', { reviewId, rating: 2 }, student);
    expect(payload).toMatchObject({ review: { rating: 2, text: 'Fine' }, tutor: { rating: 2, reviewCount: 1 } });
    expect((await market.mutate('updateReview', { reviewId, rating: 2 }, student)).payload).toEqual(payload);
    const cleared = await market.mutate('updateReview', { reviewId, text: null }, student);
    expect(cleared.payload).toMatchObject({ review: { rating: 2, text: null }, tutor: { rating: 2 } });
  });

  it('refuses a rating beyond all bounds', async () => {
    const reviewId = await review();
    expect((await market.mutate('updateReview', { reviewId, rating: 9 }, student)).refused).toEqual(['INVALID_INPUT']);
  });
});

describe('deleteReview', () => {
  it('deletes once, takes the rating back, and lets the booking be reviewed anew', async () => {
    const own = await market.tutor();
    const bookingId = await market.booking(student, own, 'COMPLETED');
    const reviewId = await review({ bookingId });
    const { payload } = await market.mutate('deleteReview', { reviewId }, student);
    expect(payload).toMatchObject({ deletedReviewId: reviewId, tutor: { rating: null, reviewCount: 0 } });
    expect((await market.mutate('deleteReview', { reviewId }, student)).refused).toEqual(['NOT_FOUND']);
    expect(await review({ bookingId })).not.toBe(reviewId);
  });
});

describe.each(['updateReview', 'deleteReview'])('%s', (field) => {
  it('is for whoever wrote it, and finds only what is there', async () => {
    const reviewId = await review();
    expect((await market.mutate(field, { reviewId }, await market.student())).refused).toEqual(['NOT_YOUR_REVIEW']);
    expect((await market.mutate(field, { reviewId: NOBODY }, student)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { reviewId: 'x' }, student)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate(field, { reviewId: 'x'.repeat(101) }, student)).refused).toEqual(['INVALID_INPUT']);
  });
});

describe.each(['reviewTutor', 'updateReview', 'deleteReview'])('%s', (field) => {
  const valid = field === 'reviewTutor' ? { bookingId: NOBODY, rating: 5 } : { reviewId: NOBODY };

  it.each(['TUTOR', 'CURATOR', 'SUPERVISOR', 'HR', 'ADMIN'] as const)('is forbidden to %s', async (role) => {
    expect((await market.mutate(field, valid, await market.graph.person(role))).codes).toEqual(['FORBIDDEN']);
  });

  it('is not for somebody who is not signed in, and refuses input of another shape', async () => {
    expect((await market.mutate(field, valid)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await market.mutate(field, {}, student)).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('reviews', () => {
  const REVIEWS = `query ($id: ID!, $first: Int, $after: String) { tutor(id: $id) {
    reviews(first: $first, after: $after) {
      totalCount edges { node { id text subject { id } author { id } booking { id } tutor { id } } }
      pageInfo { hasNextPage endCursor } } } }`;

  it('are public; who wrote them is for the two people and staff', async () => {
    const own = await market.tutor();
    const bookingId = await market.booking(student, own, 'COMPLETED', subjectId);
    const id = await review({ bookingId, text: 'Fine' });
    const seenBy = async (person?: TestPerson) => {
      const { data } = await market.run(REVIEWS, { id: own.tutorId }, person);
      const page = data['tutor'] as { reviews: { totalCount: number; edges: { node: object }[] } };
      expect(page.reviews.totalCount).toBe(1);
      return page.reviews.edges[0]?.node;
    };
    const open = { id, text: 'Fine', subject: { id: subjectId }, tutor: { id: own.tutorId } };
    for (const person of [undefined, await market.student(), tutor, await market.graph.person('HR')]) {
      expect(await seenBy(person)).toEqual({ ...open, author: null, booking: null });
    }
    for (const person of [student, own, await market.graph.person('CURATOR')]) {
      expect(await seenBy(person)).toEqual({ ...open, author: { id: student.userId }, booking: { id: bookingId } });
    }
  });

  it('come page by page, the newest first', async () => {
    const own = await market.tutor();
    const made: string[] = [];
    for (let index = 0; index < 3; index++) {
      made.unshift(await review({ bookingId: await market.booking(student, own, 'COMPLETED', subjectId) }));
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await market.run(REVIEWS, { id: own.tutorId, first: 2, after });
      const { reviews } = data['tutor'] as {
        reviews: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      seen.push(...reviews.edges.map(({ node }) => node.id));
      after = reviews.pageInfo.hasNextPage ? reviews.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(made);
  });

  it('refuse a page beyond all bounds', async () => {
    expect((await market.run(REVIEWS, { id: tutor.tutorId, first: 101 })).codes).toEqual(['BAD_USER_INPUT']);
  });
});
