import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  MarketApplication,
  MarketBooking,
  MarketOffer,
  MarketOrder,
  MarketReview,
  MarketTutor,
} from '../src/market/market.entity.js';
import { recommendationsPrivacy } from '../src/privacy/recommendations-privacy.js';
import { DueReading } from '../src/texts/tutor-insight.entity.js';
import { OutcomesMarket, type TestTutor } from './outcomes-market.js';

let market: OutcomesMarket;
let subjectId: string;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await OutcomesMarket.open();
  subjectId = await market.subject();
});
beforeEach(async () => {
  [student, tutor] = [await market.graph.person('STUDENT'), await settled()];
});
afterAll(() => market?.close());

const STEP = { timeout: 20_000, interval: 50 };

/** What is found, once it is as wanted. */
async function eventually<Found>(find: () => Promise<Found>, isWanted: (found: Found) => boolean): Promise<Found> {
  await expect.poll(async () => isWanted(await find()), STEP).toBe(true);
  return find();
}

/** Waits until everything that was told until now is known here. @returns a new tutor, who was told of last */
async function settled(): Promise<TestTutor> {
  const last = await market.tutor();
  await eventually(
    () => market.em.count(MarketTutor, { id: last.tutorId }),
    (count) => count === 1,
  );
  return last;
}

const tutorOf = (id: string) => market.em.findOne(MarketTutor, { id });
const offersOf = (tutorId: string) => market.em.find(MarketOffer, { tutorId });

/** Runs a mutation of the marketplace whatever it gives back. */
async function change(field: string, input: object, person: TestPerson): Promise<void> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code field } } }`;
  const { data, codes } = await market.graph.run('marketplace', query, { input }, person);
  expect([data[field], codes]).toEqual([{ userErrors: [] }, []]);
}

const offer = (amountMinor = 2_500, levels = ['EXAM']) => ({
  ...{ subjectId, levels, hourlyRate: { amountMinor, currency: 'EUR' } },
});

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  await market.room('marketplace').orm.em.fork().execute(statement, values);
}

describe('a tutor', () => {
  it('is known with what they teach and when, and as they change it', async () => {
    await market.made('addOffering', offer(), tutor, 'offering');
    await change('updateTutorProfile', { city: 'Санкт-Петербург', formats: ['ONLINE', 'IN_PERSON'] }, tutor);
    const weeklyWindows = [{ weekday: 'MONDAY', startsAtMinute: 600, endsAtMinute: 720 }];
    await change('setSchedule', { timeZone: 'Europe/Moscow', weeklyWindows }, tutor);
    const [found] = await eventually(
      () => offersOf(tutor.tutorId),
      ([one]) => Boolean(one?.hours && one.city),
    );
    expect(found).toMatchObject({ subjectId, rateMinor: 2_500, levels: ['EXAM'], hidden: false, currency: 'EUR' });
    expect(found).toMatchObject({ city: 'saint petersburg', formats: ['ONLINE', 'IN_PERSON'] });
    expect(found?.hours).toBe('0'.repeat(7) + '11'.padEnd(161, '0'));
    expect(await tutorOf(tutor.tutorId)).toMatchObject({
      userId: tutor.userId,
      city: 'saint petersburg',
      hidden: false,
    });

    await market.made('addOffering', { ...offer(), subjectId: await market.subject() }, tutor, 'offering');
    await eventually(
      () => offersOf(tutor.tutorId),
      ({ length }) => length === 2,
    );
    const { data } = await market.graph.run(
      'marketplace',
      `{ tutor(id: "${tutor.tutorId}") { offerings { id } } }`,
      {},
      tutor,
    );
    const { offerings } = data['tutor'] as { offerings: { id: string }[] };
    await change('withdrawOffering', { offeringId: offerings[0]?.id }, tutor);
    const left = await eventually(
      () => offersOf(tutor.tutorId),
      ({ length }) => length === 1,
    );
    expect(left[0]?.subjectId).not.toBe(subjectId);
  });

  it('who hides is hidden in all they offer, until they show themselves', async () => {
    await market.made('addOffering', offer(), tutor, 'offering');
    await change('hideTutorProfile', { hidden: true }, tutor);
    await eventually(
      () => offersOf(tutor.tutorId),
      ([one]) => one?.hidden === true,
    );
    expect((await tutorOf(tutor.tutorId))?.hidden).toBe(true);
    await change('hideTutorProfile', { hidden: false }, tutor);
    await eventually(
      () => offersOf(tutor.tutorId),
      ([one]) => one?.hidden === false,
    );
  });

  it('who is verified is so until that is told to have ended', async () => {
    await sql(`update marketplace.tutors set verified_until = now() + interval '1 day' where id = ?`, [tutor.tutorId]);
    const data = { tutorId: tutor.tutorId, userId: tutor.userId, kind: 'IDENTITY' };
    await market.tell('verification.approved', newId(), data);
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.verified === true,
    );
    await sql('update marketplace.tutors set verified_until = null where id = ?', [tutor.tutorId]);
    await market.tell('verification.expired', newId(), data);
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.verified === false,
    );
  });

  it('who was erased goes with all they offer, however late something else is told of them', async () => {
    await market.made('addOffering', offer(), tutor, 'offering');
    await eventually(
      () => offersOf(tutor.tutorId),
      ({ length }) => length === 1,
    );
    await sql('update marketplace.tutors set erased_at = now(), hidden_at = now() where id = ?', [tutor.tutorId]);
    await market.tell('tutor.changed', tutor.tutorId, { userId: tutor.userId });
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found === null,
    );
    await market.tell('tutor.shown', tutor.tutorId, { userId: tutor.userId });
    await settled();
    expect(await offersOf(tutor.tutorId)).toEqual([]);
    expect(await tutorOf(tutor.tutorId)).toBeNull();
  });
});

describe('an order', () => {
  it('is known with its hours in UTC and in which languages lessons could be', async () => {
    const russian = await market.graph.person('STUDENT', { locale: 'ru' });
    const accounts = market.room('accounts').orm.em.fork();
    await accounts.execute(`update accounts.users set time_zone = 'Asia/Almaty' where id = ?`, [russian.userId]);
    const wanted = { preferredTimes: 'Пн с 18:00 до 20:00', title: 'English before my exam', city: 'МСК' };
    const input = { ...wanted, subjectId, level: 'EXAM', format: 'IN_PERSON' };
    const orderId = await market.made('postOrder', input, russian, 'order');
    const found = await eventually(
      () => market.em.findOne(MarketOrder, { id: orderId }),
      (one) => one !== null,
    );
    expect(found).toMatchObject({ city: 'moscow', languages: ['en', 'ru'], timeZone: 'Asia/Almaty', status: 'OPEN' });
    expect(found?.hours).toBe('0'.repeat(13) + '11'.padEnd(155, '0'));
  });

  it('is read again when its student has another time zone or language', async () => {
    const input = { subjectId, level: 'EXAM', format: 'ONLINE', title: 'Algebra', preferredTimes: 'Mon 18:00-20:00' };
    const orderId = await market.made('postOrder', input, student, 'order');
    const find = () => market.em.findOne(MarketOrder, { id: orderId });
    const before = await eventually(find, (one) => one !== null);
    expect(before?.languages).toEqual(['en']);
    const change = { locale: 'ru', timeZone: 'Asia/Tbilisi' };
    const query = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }';
    const { data } = await market.graph.run('accounts', query, { input: change }, student);
    expect(data['updateProfile']).toEqual({ userErrors: [] });
    const after = await eventually(find, (one) => one?.timeZone === 'Asia/Tbilisi');
    expect(after).toMatchObject({ languages: ['en', 'ru'], hours: '0'.repeat(14) + '11'.padEnd(154, '0') });
  });

  it('stands as it stands now, however late, out of order and often that is told', async () => {
    const orderId = await market.order(student, subjectId);
    const applicationId = await market.apply(tutor, orderId);
    await market.choose(student, applicationId);
    const data = { studentId: student.userId, subjectId };
    for (const verb of ['matched', 'posted', 'updated', 'posted']) await market.tell(`order.${verb}`, orderId, data);
    await settled();
    await eventually(
      () => market.em.findOne(MarketOrder, { id: orderId }),
      (one) => one?.status === 'MATCHED',
    );
    expect(await market.em.findOne(MarketApplication, { id: applicationId })).toMatchObject({
      ...{ orderId, tutorId: tutor.tutorId, status: 'CHOSEN', rateMinor: 3_000 },
    });
  });

  it('that is gone, or never was, is not known, and nothing waits for it', async () => {
    const orderId = await market.order(student, subjectId);
    await eventually(
      () => market.em.count(MarketOrder, { id: orderId }),
      (count) => count === 1,
    );
    await change('deleteOrder', { orderId }, student);
    await market.tell('order.updated', newId(), { studentId: student.userId, subjectId });
    await eventually(
      () => market.em.count(MarketOrder, { id: orderId }),
      (count) => count === 0,
    );
    await settled();
  });
});

describe('lessons and reviews', () => {
  it('count for the tutor and for the subject as they come and go', async () => {
    await market.made('addOffering', offer(), tutor, 'offering');
    const lessons = [
      await market.lesson(student, tutor, subjectId, 'COMPLETED', 3),
      await market.lesson(student, tutor, subjectId, 'COMPLETED', 200),
    ];
    for (const id of lessons) await market.tellOfBooking('completed', id, student, tutor);
    const taught = await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.lessonCount === 2,
    );
    expect(taught).toMatchObject({ studentCount: 1, returningCount: 1, recentLessons: 1, bookingCount: 2 });
    expect(taught).toMatchObject({
      applicationCount: 2,
      chosenCount: 2,
      letDownCount: 0,
      reviewCount: 0,
      rating: null,
    });
    const [before] = await offersOf(tutor.tutorId);
    expect(before?.lessonCount).toBe(2);

    const bookingId = lessons[0] ?? '';
    const reviewId = await market.made('reviewTutor', { bookingId, rating: 5, text: 'Clear.' }, student, 'review');
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.rating === 5 && found.reviewCount === 1,
    );
    expect((await offersOf(tutor.tutorId))[0]?.popularity).toBeGreaterThan(before?.popularity ?? 0);
    expect(await market.em.findOne(MarketReview, { id: reviewId })).toMatchObject({
      subjectId,
      authorId: student.userId,
    });

    await sql(`update marketplace.reviews set state = 'REJECTED' where id = ?`, [reviewId]);
    const people = { authorId: student.userId, tutorId: tutor.tutorId };
    await market.tell('moderation.decided', newId(), {
      kind: 'REVIEW',
      targetId: reviewId,
      outcome: 'REJECTED',
      ...people,
    });
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.reviewCount === 0 && found.rating === null,
    );
    expect(await market.em.findOne(MarketReview, { id: reviewId })).toBeNull();
  });

  it('are reviewed anew: the rating and what texts say follow, and both go when the review does', async () => {
    const bookingId = await market.lesson(student, tutor, subjectId, 'COMPLETED', 3);
    const reviewId = await market.made('reviewTutor', { bookingId, rating: 5, text: 'Clear.' }, student, 'review');
    const rated = (rating: number | null) =>
      eventually(
        () => tutorOf(tutor.tutorId),
        (found) => found !== null && (found.rating ?? null) === rating,
      );
    await rated(5);
    const due = () => market.em.count(DueReading, { tutorId: tutor.tutorId });
    const forgetDue = () => market.em.nativeDelete(DueReading, { tutorId: tutor.tutorId });
    await forgetDue();
    await market.made('updateReview', { reviewId, rating: 2, text: 'Always late.' }, student, 'review');
    await rated(2);
    expect(await market.em.findOne(MarketReview, { id: reviewId })).toMatchObject({ rating: 2, text: 'Always late.' });
    expect(await due()).toBe(1);
    await forgetDue();
    await change('deleteReview', { reviewId }, student);
    await rated(null);
    expect(await market.em.count(MarketReview, { id: reviewId })).toBe(0);
    expect(await due()).toBe(1);
  });

  it('that the tutor called off count against them, and unpaid ones not at all', async () => {
    const [off, unpaid] = [
      await market.lesson(student, tutor, subjectId, 'COMPLETED', 1),
      await market.lesson(student, tutor, subjectId, 'COMPLETED', 2),
    ];
    await sql(
      `update marketplace.bookings set status = 'CANCELLED', cancelled_at = now(), cancelled_by = 'TUTOR' where id = ?`,
      [off],
    );
    await sql(`update marketplace.bookings set status = 'EXPIRED' where id = ?`, [unpaid]);
    for (const id of [off, unpaid]) await market.tellOfBooking('confirmed', id, student, tutor);
    const found = await eventually(
      () => tutorOf(tutor.tutorId),
      (one) => one?.letDownCount === 1 && one.bookingCount === 1,
    );
    expect(found).toMatchObject({ lessonCount: 0, studentCount: 0 });
    expect(await market.em.find(MarketBooking, { tutorId: tutor.tutorId })).toMatchObject([{ id: off, letDown: true }]);
  });
});

describe('somebody who asks for their data or to be forgotten', () => {
  it('gets what was copied of them, and leaves figures behind that name nobody', async () => {
    const done = await market.lesson(student, tutor, subjectId, 'COMPLETED', 1);
    await market.tellOfBooking('completed', done, student, tutor);
    const orderId = await market.order(student, subjectId);
    await market.made('reviewTutor', { bookingId: done, rating: 4, text: 'Good.' }, student, 'review');
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.reviewCount === 1 && found.lessonCount === 1,
    );

    const { sections } = await recommendationsPrivacy.collect(market.em, student.userId);
    expect(sections).toMatchObject({ copiedTutor: [], copiedBookings: [{ id: done }], copiedReviews: [{ rating: 4 }] });
    expect((sections['copiedOrders'] as { id: string }[]).map(({ id }) => id)).toContain(orderId);

    const erase = (userId: string) => transaction(market.em, (tx) => recommendationsPrivacy.erase(tx, userId));
    await erase(student.userId);
    await erase(student.userId);
    expect(await market.em.count(MarketOrder, { studentId: student.userId })).toBe(0);
    expect(await market.em.findOne(MarketBooking, { id: done })).toMatchObject({
      studentId: null,
      status: 'COMPLETED',
    });
    expect(await market.em.find(MarketReview, { tutorId: tutor.tutorId })).toMatchObject([
      { authorId: null, text: null },
    ]);
    expect(await tutorOf(tutor.tutorId)).toMatchObject({ lessonCount: 1, studentCount: 0, reviewCount: 1, rating: 4 });

    await erase(tutor.userId);
    expect(await tutorOf(tutor.tutorId)).toBeNull();
  });

  it('is not named again by what is told of them later', async () => {
    const done = await market.lesson(student, tutor, subjectId, 'COMPLETED', 1);
    const orderId = await market.order(student, subjectId);
    await market
      .room('accounts')
      .orm.em.fork()
      .execute('update accounts.users set erased_at = now() where id = ?', [student.userId]);
    await market.tellOfBooking('completed', done, student, tutor);
    await market.tell('order.closed', orderId, { studentId: student.userId, subjectId });
    await eventually(
      () => tutorOf(tutor.tutorId),
      (found) => found?.lessonCount === 1,
    );
    await eventually(
      () => market.em.count(MarketOrder, { id: orderId }),
      (count) => count === 0,
    );
    expect(await market.em.findOne(MarketBooking, { id: done })).toMatchObject({ studentId: null });
  });
});
