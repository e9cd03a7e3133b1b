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

describe('a review that is older than 14 days', () => {
  it('is not changed any longer, and may still be deleted', async () => {
    const reviewId = await review();
    const age = (days: number) =>
      market.sql('update marketplace.reviews set created_at = now() - make_interval(days => ?) where id = ?', [
        days,
        reviewId,
      ]);
    await age(13);
    expect((await market.mutate('updateReview', { reviewId, rating: 3 }, student)).refused).toEqual([]);
    await age(14);
    expect((await market.mutate('updateReview', { reviewId, rating: 1 }, student)).refused).toEqual(['REVIEW_TOO_OLD']);
    expect((await market.mutate('deleteReview', { reviewId }, student)).refused).toEqual([]);
  });
});

describe('what reviews add up to', () => {
  const SUMMARY = `query ($id: ID!) { tutor(id: $id) { reviewSummary {
    count rating distribution { rating count } clarity preparation progress reassurance } } }`;
  const summaryOf = async (id: string) => {
    const { data } = await market.run(SUMMARY, { id });
    return (data['tutor'] as { reviewSummary: Record<string, unknown> }).reviewSummary;
  };
  const stars = (...counts: number[]) => counts.map((count, index) => ({ rating: 5 - index, count }));

  it('is nothing without reviews', async () => {
    const nothing = { count: 0, rating: null, clarity: null, preparation: null, progress: null, reassurance: null };
    expect(await summaryOf((await market.tutor()).tutorId)).toEqual({ ...nothing, distribution: stars(0, 0, 0, 0, 0) });
  });

  it('follows every change of what they say', async () => {
    const own = await market.tutor();
    const [first, second] = [
      await market.booking(student, own, 'COMPLETED'),
      await market.booking(student, own, 'COMPLETED'),
    ];
    const one = await review({ bookingId: first, rating: 5, clarity: 5, progress: 4 });
    await review({ bookingId: second, rating: 2, clarity: 2, reassurance: 1 });
    const both = { count: 2, rating: 3.5, clarity: 3.5, preparation: null, progress: 4, reassurance: 1 };
    expect(await summaryOf(own.tutorId)).toEqual({ ...both, distribution: stars(1, 0, 0, 1, 0) });
    await market.mutate('updateReview', { reviewId: one, rating: 4, clarity: null, preparation: 3 }, student);
    const changed = { count: 2, rating: 3, clarity: 2, preparation: 3, progress: 4, reassurance: 1 };
    expect(await summaryOf(own.tutorId)).toEqual({ ...changed, distribution: stars(0, 1, 0, 1, 0) });
    await market.mutate('deleteReview', { reviewId: one }, student);
    const left = { count: 1, rating: 2, clarity: 2, preparation: null, progress: null, reassurance: 1 };
    expect(await summaryOf(own.tutorId)).toEqual({ ...left, distribution: stars(0, 0, 0, 1, 0) });
  });

  it.each(['clarity', 'preparation', 'progress', 'reassurance'])('has %s from 1 to 5 only', async (dimension) => {
    const input = { bookingId: await completed(), rating: 5 };
    for (const score of [0, 6]) {
      const { refused } = await market.mutate('reviewTutor', { ...input, [dimension]: score }, student);
      expect(refused).toEqual(['INVALID_INPUT']);
    }
  });
});

describe('answers', () => {
  const ANSWER = 'query ($id: ID!) { tutor(id: $id) { reviews { edges { node { answer { text state } } } } } }';
  const shownTo = async (own: TestTutor, person?: TestPerson) => {
    const { data } = await market.run(ANSWER, { id: own.tutorId }, person);
    return (data['tutor'] as { reviews: { edges: { node: { answer: unknown } }[] } }).reviews.edges[0]?.node.answer;
  };

  it('are given once by the tutor, changed and removed, and shown below the review', async () => {
    const own = await market.tutor();
    const reviewId = await review({ bookingId: await market.booking(student, own, 'COMPLETED') });
    expect((await market.mutate('updateReviewAnswer', { reviewId, text: 'x' }, own)).refused).toEqual(['NO_ANSWER']);
    const { payload } = await market.mutate('answerReview', { reviewId, text: ' Thank you ' }, own);
    expect(payload).toMatchObject({ review: { answer: { text: 'Thank you', state: 'PUBLISHED' } } });
    expect((await market.mutate('answerReview', { reviewId, text: 'Again' }, own)).refused).toEqual([
      'ALREADY_ANSWERED',
    ]);
    await market.mutate('updateReviewAnswer', { reviewId, text: 'Thanks' }, own);
    expect(await shownTo(own)).toEqual({ text: 'Thanks', state: 'PUBLISHED' });
    expect((await market.mutate('deleteReviewAnswer', { reviewId }, own)).refused).toEqual([]);
    expect(await shownTo(own)).toBeNull();
    expect((await market.mutate('deleteReviewAnswer', { reviewId }, own)).refused).toEqual(['NO_ANSWER']);
  });

  it('are for the tutor who was reviewed, and go with the review', async () => {
    const own = await market.tutor();
    const reviewId = await review({ bookingId: await market.booking(student, own, 'COMPLETED') });
    for (const field of ['answerReview', 'updateReviewAnswer', 'deleteReviewAnswer']) {
      const input = field === 'deleteReviewAnswer' ? { reviewId } : { reviewId, text: 'Hello' };
      expect((await market.mutate(field, input, tutor)).refused).toEqual(['NOT_ABOUT_YOU']);
      expect((await market.mutate(field, { ...input, reviewId: 'x' }, own)).refused).toEqual(['NOT_FOUND']);
      expect((await market.mutate(field, input, student)).codes).toEqual(['FORBIDDEN']);
    }
    await market.mutate('answerReview', { reviewId, text: 'Thank you' }, own);
    expect((await market.mutate('deleteReview', { reviewId }, student)).refused).toEqual([]);
    expect(await market.sql('select id from marketplace.review_answers where review_id = ?', [reviewId])).toEqual([]);
  });

  it('with contacts are seen by the tutor alone until staff decides', async () => {
    const own = await market.tutor();
    const reviewId = await review({ bookingId: await market.booking(student, own, 'COMPLETED') });
    const { payload } = await market.mutate('answerReview', { reviewId, text: 'Call me: +44 20 7946 0958' }, own);
    expect(payload).toMatchObject({ review: { answer: { state: 'IN_REVIEW' } } });
    for (const person of [undefined, student, tutor]) expect(await shownTo(own, person)).toBeNull();
    for (const person of [own, await market.graph.person('HR')]) {
      expect(await shownTo(own, person)).toMatchObject({ state: 'IN_REVIEW' });
    }
    const corrected = await market.mutate('updateReviewAnswer', { reviewId, text: 'See you soon' }, own);
    expect(corrected.payload).toMatchObject({ review: { answer: { state: 'PUBLISHED' } } });
    expect(await shownTo(own)).toEqual({ text: 'See you soon', state: 'PUBLISHED' });
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
