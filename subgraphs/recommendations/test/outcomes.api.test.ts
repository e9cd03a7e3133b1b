import { randomUUID } from 'node:crypto';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Impression, OrderImpression, Outcome, RankingRequest } from '../src/feedback/feedback.entity.js';
import { Feedback } from '../src/feedback/feedback.js';
import type { Happened } from '../src/feedback/happened.js';
import { insertOutcome } from '../src/feedback/outcome.repository.js';
import { MarketTutor } from '../src/market/market.entity.js';
import { recommendationsPrivacy } from '../src/privacy/recommendations-privacy.js';
import { OutcomesMarket, type TestTutor } from './outcomes-market.js';

const DAY = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

let market: OutcomesMarket;
let subjectId: string;
let student: TestPerson;
let tutor: TestTutor;
beforeAll(async () => {
  market = await OutcomesMarket.open();
  subjectId = await market.subject();
});
beforeEach(async () => {
  [student, tutor] = [await market.graph.person('STUDENT'), await market.tutor()];
});
afterAll(() => market?.close());

describe('what becomes of a tutor who was shown', () => {
  it('is noted when they apply and are chosen, with the list, its model and its variants', async () => {
    const orderId = await market.order(student, subjectId);
    const modelId = randomUUID();
    const requestId = await market.show(student, [randomUUID(), tutor.tutorId], { orderId, modelId });
    const applicationId = await market.apply(tutor, orderId);
    await market.choose(student, applicationId);
    const credit = { requestId, modelId, variants: { tested: 'b' }, orderId, studentId: student.userId, rating: null };
    expect(await market.outcomes(tutor, 2)).toMatchObject([
      { kind: 'APPLIED', sourceId: applicationId, ...credit },
      { kind: 'CHOSEN', sourceId: applicationId, ...credit },
    ]);
  });

  it('is noted when a lesson is confirmed, when another one follows, and when it is reviewed', async () => {
    const first = await market.lesson(student, tutor, subjectId, 'COMPLETED', 2);
    const second = await market.lesson(student, tutor, subjectId, 'COMPLETED', 1);
    const requestId = await market.show(student, [tutor.tutorId], { surface: 'WISH', subjectId });
    await market.tellOfBooking('confirmed', first, student, tutor);
    await market.tellOfBooking('completed', first, student, tutor);
    await market.tellOfBooking('completed', second, student, tutor);
    const input = { bookingId: second, rating: 4 };
    const reviewId = await market.made('reviewTutor', input, student, 'review');
    const found = (await market.outcomes(tutor, 7)).filter(({ kind }) => !['APPLIED', 'CHOSEN'].includes(kind));
    expect(found.map(({ kind, sourceId, rating }) => ({ kind, sourceId, rating }))).toEqual([
      { kind: 'BOOKED', sourceId: first, rating: null },
      { kind: 'REPEATED', sourceId: second, rating: null },
      { kind: 'REVIEWED', sourceId: reviewId, rating: 4 },
    ]);
    expect(found.map((one) => one.requestId)).toEqual([requestId, requestId, requestId]);
  });

  it('is noted once, however often it is told', async () => {
    const orderId = await market.order(student, subjectId);
    const applicationId = await market.apply(tutor, orderId);
    const data = { orderId, tutorId: tutor.tutorId };
    for (let time = 0; time < 3; time++) await market.tell('application.submitted', applicationId, data);
    await market.caughtUp();
    expect(await market.outcomes(tutor, 1)).toHaveLength(1);
  });

  it('is passed over when marketplace does not know of it any more', async () => {
    await market.tell('application.submitted', randomUUID(), { orderId: randomUUID(), tutorId: tutor.tutorId });
    await market.tellOfBooking('completed', randomUUID(), student, tutor);
    await market.tell('review.posted', randomUUID(), { tutorId: tutor.tutorId, bookingId: randomUUID() });
    await market.caughtUp();
    expect(await market.outcomes(tutor, 0)).toEqual([]);
  });

  it('is of nobody when the student has been erased', async () => {
    const orderId = await market.order(student, subjectId);
    await market
      .room('accounts')
      .orm.em.fork()
      .execute('update accounts.users set erased_at = now() where id = ?', [student.userId]);
    await market.apply(tutor, orderId);
    expect(await market.outcomes(tutor, 1)).toMatchObject([{ kind: 'APPLIED', studentId: null, requestId: null }]);
  });
});

it('an application is noted as the answer to an order that the tutor was shown', async () => {
  const orderId = await market.order(student, subjectId);
  const feedback = new Feedback(market.em, new Metrics(), silentLogger);
  const shown = { position: 1, score: 1, chance: 0.5 };
  const requestId = feedback.logOrders(
    {
      ...{
        surface: 'ORDERS',
        viewerId: tutor.userId,
        orderId: null,
        subjectId: null,
        city: null,
        modelId: randomUUID(),
      },
      ...{ embeddingModel: null, variants: {}, degraded: false, candidateCount: 2, list: 'orders', at: ago(1) },
    },
    [orderId, randomUUID()].map((id) => ({ ...shown, orderId: id })),
  );
  await feedback.flush();
  // As after a while: both consumers have heard of the tutor.
  await expect.poll(() => market.em.count(MarketTutor, { id: tutor.tutorId }), { timeout: 20_000 }).toBe(1);
  await market.apply(tutor, orderId);
  // That they saw the order is no credit of what the student saw.
  expect(await market.outcomes(tutor, 1)).toMatchObject([{ kind: 'APPLIED', requestId: null }]);
  const orders = await market.em.find(OrderImpression, { requestId, answeredAt: { $ne: null } });
  expect(orders.map((one) => one.orderId)).toEqual([orderId]);
});

describe('a review', () => {
  const about = (bookingId: string) => ({ tutorId: tutor.tutorId, bookingId });
  const setState = (state: string, id: string) =>
    market
      .room('marketplace')
      .orm.em.fork()
      .execute('update marketplace.reviews set state = ? where id = ?', [state, id]);
  const reviews = async () => {
    await market.caughtUp();
    return (await market.outcomes(tutor, 0)).filter(({ kind }) => kind === 'REVIEWED');
  };
  /** A lesson that was reviewed, with the list in which the tutor was seen. */
  const reviewed = async (rating = 5) => {
    const bookingId = await market.lesson(student, tutor, subjectId, 'COMPLETED', 1);
    const requestId = await market.show(student, [tutor.tutorId], { surface: 'WISH', subjectId });
    const id = await market.made('reviewTutor', { bookingId, rating }, student, 'review');
    expect(await reviews()).toMatchObject([{ sourceId: id, rating, requestId }]);
    return { id, bookingId, requestId };
  };

  it('has the rating that it has now, to the same credit', async () => {
    const { id, requestId } = await reviewed();
    await market.show(student, [tutor.tutorId], { surface: 'WISH', subjectId, at: new Date() });
    await market.made('updateReview', { reviewId: id, rating: 1 }, student, 'review');
    expect(await reviews()).toMatchObject([{ sourceId: id, rating: 1, requestId }]);
  });

  it('is as marketplace says, however late and often its events come', async () => {
    const { id, bookingId } = await reviewed(4);
    for (const verb of ['deleted', 'posted', 'updated', 'posted']) {
      await market.tell(`review.${verb}`, id, about(bookingId), ago(2));
    }
    expect(await reviews()).toMatchObject([{ sourceId: id, rating: 4 }]);
    await setState('REJECTED', id);
    for (const verb of ['updated', 'posted', 'updated']) await market.tell(`review.${verb}`, id, about(bookingId));
    expect(await reviews()).toEqual([]);
  });

  it('is there while others see it: not while staff looks at it, and again when they let it be', async () => {
    const { id, bookingId, requestId } = await reviewed();
    await setState('IN_REVIEW', id);
    await market.tell('review.updated', id, about(bookingId));
    expect(await reviews()).toEqual([]);
    // The credit is that of when it was written.
    await market.show(student, [tutor.tutorId], { surface: 'WISH', subjectId, at: new Date() });
    await setState('PUBLISHED', id);
    await market.tell('review.updated', id, about(bookingId));
    expect(await reviews()).toMatchObject([{ sourceId: id, rating: 5, requestId }]);
  });

  it('goes with the student who takes it back', async () => {
    const { id } = await reviewed();
    await market.graph.run(
      'marketplace',
      'mutation ($input: DeleteReviewInput!) { deleteReview(input: $input) { userErrors { code } } }',
      { input: { reviewId: id } },
      student,
    );
    expect(await reviews()).toEqual([]);
  });
});

describe('the credit', () => {
  const happened = (more: Partial<Happened> = {}): Happened => ({
    ...{ kind: 'BOOKED', sourceId: randomUUID(), tutorId: tutor.tutorId, studentId: student.userId, subjectId },
    ...{ orderId: null, rating: null, at: new Date(), ...more },
  });
  const credited = async (what: Happened) => {
    await transaction(market.em, (tx) => insertOutcome(tx, what));
    return (await market.em.findOneOrFail(Outcome, { sourceId: what.sourceId })).requestId;
  };
  const show = (more: object) => market.show(student, [tutor.tutorId], more);

  it('goes to the last list for the same order, though another of the subject was seen since', async () => {
    const orderId = randomUUID();
    await show({ orderId, subjectId, at: ago(5) });
    const wanted = await show({ orderId, subjectId, at: ago(3) });
    await show({ subjectId, at: ago(1) });
    expect(await credited(happened({ orderId }))).toBe(wanted);
  });

  it('goes to the last list in the same subject when there is none for the order', async () => {
    await show({ subjectId, at: ago(3) });
    const wanted = await show({ subjectId, at: ago(2) });
    expect(await credited(happened({ orderId: randomUUID() }))).toBe(wanted);
  });

  it('goes to the likes of a tutor when no list that was ranked showed who it was', async () => {
    await show({ surface: 'SIMILAR', modelId: null, at: ago(3) });
    const wanted = await show({ surface: 'SIMILAR', modelId: null, at: ago(2) });
    expect(await credited(happened({ orderId: randomUUID() }))).toBe(wanted);
    const ranked = await show({ subjectId, at: ago(5) });
    expect(await credited(happened({ orderId: randomUUID() }))).toBe(ranked);
  });

  it.each([
    ['that was seen after it happened', () => show({ subjectId, at: new Date(Date.now() + DAY) })],
    ['that was seen more than 30 days before', () => show({ subjectId, at: ago(31) })],
    ['in another subject', () => show({ subjectId: randomUUID(), at: ago(1) })],
    ['in which the tutor was not', () => market.show(student, [randomUUID()], { subjectId })],
    [
      'that somebody else saw',
      async () => market.show(await market.graph.person('STUDENT'), [tutor.tutorId], { subjectId }),
    ],
    ['of orders for a tutor', () => show({ surface: 'ORDERS', subjectId })],
  ])('does not go to a list %s', async (_which, given) => {
    await given();
    expect(await credited(happened())).toBeNull();
  });

  it('goes to one list, and the outcome is stored once, when many try at the same time', async () => {
    const requestId = await show({ subjectId });
    const what = happened();
    const stored = await Promise.all(
      Array.from({ length: 8 }, () => transaction(market.em, (tx) => insertOutcome(tx, what))),
    );
    expect(stored.filter(Boolean)).toEqual([{ isListed: true }]);
    expect(await market.em.find(Outcome, { sourceId: what.sourceId })).toMatchObject([{ requestId }]);
  });
});

describe('recordOpening', () => {
  const MUTATION = `mutation ($input: RecordOpeningInput!) {
    recordOpening(input: $input) { recorded userErrors { code field } } }`;
  const open = async (person: TestPerson | undefined, requestId: string, tutorId = tutor.tutorId) => {
    const { data, codes } = await market.graph.run(
      'recommendations',
      MUTATION,
      { input: { requestId, tutorId } },
      person,
    );
    return codes.length > 0 ? codes : data['recordOpening'];
  };
  const recorded = { recorded: true, userErrors: [] };
  const unknown = { recorded: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'requestId'] }] };

  it('notes once that the viewer opened the profile of somebody who was shown', async () => {
    const orderId = randomUUID();
    const requestId = await market.show(student, [tutor.tutorId], { orderId });
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(student, requestId)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => recorded));
    expect(await market.outcomes(tutor, 1)).toMatchObject([
      { kind: 'OPENED', studentId: student.userId, requestId, orderId, variants: { tested: 'b' } },
    ]);
  });

  it('is for the viewer of that list only, and for tutors who were in it', async () => {
    const requestId = await market.show(student, [tutor.tutorId]);
    const other = await market.graph.person('STUDENT');
    expect(await open(other, requestId)).toEqual(unknown);
    expect(await open(await market.graph.person('ADMIN'), requestId)).toEqual(unknown);
    expect(await open(student, requestId, randomUUID())).toEqual(unknown);
    expect(await open(student, randomUUID())).toEqual(unknown);
    expect(await open(student, 'no id')).toEqual(unknown);
    expect(await open(undefined, requestId)).toEqual(['UNAUTHENTICATED']);
    expect(await market.outcomes(tutor, 0)).toEqual([]);
  });

  it('is not for lists of more than 30 days ago', async () => {
    const requestId = await market.show(student, [tutor.tutorId], { at: ago(31) });
    expect(await open(student, requestId)).toEqual(unknown);
  });
});

async function runPurge(): Promise<void> {
  const job = market.room('recommendations').parts.jobs?.find(({ name }) => name === 'purge-feedback');
  await job?.handler({}, { id: 'test', attempt: 1, signal: new AbortController().signal, logger: silentLogger });
}

it('forgets lists and outcomes after 400 days, lists beside them after 100, and nothing else', async () => {
  const happened = (at: Date): Happened => ({
    ...{ kind: 'BOOKED', sourceId: randomUUID(), tutorId: tutor.tutorId, studentId: student.userId, subjectId },
    ...{ orderId: null, rating: null, at },
  });
  const [old, kept] = [
    await market.show(student, [tutor.tutorId], { at: ago(401) }),
    await market.show(student, [tutor.tutorId], { at: ago(399) }),
  ];
  const beside = { surface: 'SIMILAR', modelId: null } as const;
  const [oldBeside, keptBeside] = [
    await market.show(student, [tutor.tutorId], { ...beside, at: ago(101) }),
    await market.show(student, [tutor.tutorId], { ...beside, at: ago(99) }),
  ];
  for (const requestId of [oldBeside, keptBeside]) {
    const place = { position: 1, score: 1, chance: 0.5, shownAt: ago(400) };
    await market.em.insert(OrderImpression, { requestId, orderId: randomUUID(), ...place });
  }
  for (const days of [401, 399]) await transaction(market.em, (tx) => insertOutcome(tx, happened(ago(days))));
  await runPurge();
  expect(await market.em.count(RankingRequest, { id: [old, kept] })).toBe(1);
  const impressions = await market.em.find(Impression, { tutorId: tutor.tutorId }, { orderBy: { shownAt: 'asc' } });
  expect(impressions.map(({ requestId }) => requestId)).toEqual([kept, keptBeside]);
  expect(await market.em.find(OrderImpression, { requestId: [oldBeside, keptBeside] })).toMatchObject([
    { requestId: keptBeside },
  ]);
  expect(await market.em.count(Outcome, { tutorId: tutor.tutorId })).toBe(1);
});

it('forgets as many as there are, 500 a statement', async () => {
  await market.em.execute(
    `insert into recommendations.ranking_requests (id, surface, variants, degraded, candidate_count, created_at)
     select gen_random_uuid(), case when n % 2 = 0 then 'WISH' else 'SIMILAR' end, '{}', false, 0,
       now() - make_interval(days => 500) from generate_series(1, 2002) n`,
  );
  const { statements } = await withStatements(() => runPurge());
  expect(await market.em.count(RankingRequest, { createdAt: { $lt: ago(450) } })).toBe(0);
  expect(statements.filter((one) => one.includes('delete from recommendations.ranking_requests'))).toHaveLength(6);
});

it('tells somebody which tutors they were shown and what came of it, and forgets whom it was about', async () => {
  const orderId = await market.order(student, subjectId);
  const other = randomUUID();
  await market.show(student, [tutor.tutorId, other], { orderId, subjectId });
  await market.apply(tutor, orderId);
  await market.outcomes(tutor, 1);
  const { sections } = await recommendationsPrivacy.collect(market.em, student.userId);
  expect(sections).toMatchObject({
    recommendationLists: [{ surface: 'ORDER', orderId, subjectId, tutorIds: [tutor.tutorId, other] }],
    recommendationOutcomes: [{ kind: 'APPLIED', tutorId: tutor.tutorId, orderId }],
  });
  await transaction(market.em, (tx) => recommendationsPrivacy.erase(tx, student.userId));
  const { sections: left } = await recommendationsPrivacy.collect(market.em, student.userId);
  expect(left).toMatchObject({ recommendationLists: [], recommendationOutcomes: [] });
  expect(await market.outcomes(tutor, 1)).toMatchObject([{ studentId: null }]);
});
