import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weighReviewJob } from '../src/reviews/signals/weigh-review.job.js';
import { Market, type TestTutor } from './market.js';
import { jobsDone, waitingCases } from './moderation.js';

const TEXT =
  'Замечательный преподаватель, объясняет понятно и терпеливо, дочь перестала бояться контрольных по математике';
let market: Market;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

async function review(change: object = {}): Promise<string> {
  const student = await market.student();
  const bookingId = await market.booking(student, tutor, 'COMPLETED');
  return (await market.made('reviewTutor', { bookingId, rating: 5, ...change }, student, 'review')).id;
}

/** Weighs a review by hand, so that nobody waits. */
async function weigh(reviewId: string): Promise<void> {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  const run = { id: 'test', attempt: 1, signal: new AbortController().signal };
  await weighReviewJob(room.orm.em).handler({ reviewId }, run as never);
}

async function signals(reviewId: string, person?: TestPerson) {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Review {
    state suspicion signals { kind score explanation } } } }`;
  const { data } = await market.run(query, { r: [{ __typename: 'Review', id: reviewId }] }, person);
  const [found] = data['_entities'] as [
    { state: string; suspicion: number; signals: { kind: string; explanation: string }[] } | null,
  ];
  return found;
}

describe('signals of a review', () => {
  it('name a copied text and a network to staff alone, in their language, and hold the review back together', async () => {
    tutor = await market.tutor();
    await review({ text: TEXT });
    await jobsDone(market, 'weigh-review');
    const copy = await review({ text: TEXT.toUpperCase() });
    await jobsDone(market, 'weigh-review');
    await market.sql(`update marketplace.reviews set network_hash = 'the same' where tutor_id = ?`, [tutor.tutorId]);
    await market.sql(`update marketplace.reviews set suspicion = null where id = ?`, [copy]);
    for (let students = 0; students < 2; students++) await review();
    await market.sql(`update marketplace.reviews set network_hash = 'the same' where tutor_id = ?`, [tutor.tutorId]);
    await weigh(copy);
    const staff = await market.graph.person('HR');
    const inRussian = await market.graph.issuer.signIn('HR', { userId: staff.userId, locale: 'ru' });
    const seen = await signals(copy, staff);
    expect(seen).toMatchObject({ state: 'IN_REVIEW' });
    expect(seen?.signals.map(({ kind }) => kind)).toEqual(['NEAR_DUPLICATE', 'SAME_NETWORK']);
    expect(seen?.signals[1]?.explanation).toBe(
      'Other students who reviewed this tutor from the same network within 90 days: 3.',
    );
    expect((await signals(copy, inRussian))?.signals[0]?.explanation).toMatch(
      /^\d+ % текста совпадает с другим отзывом\.$/,
    );
    expect(await waitingCases(market, tutor.tutorId)).toMatchObject([
      { held: true, decisions: [{ judge: 'SIGNALS', model: 'review-signals-1' }] },
    ]);
    expect(await signals(copy, await market.graph.person('CURATOR'))).toBeNull();
    expect(await signals(copy, tutor)).toBeNull();
    const { data } = await market.run('query ($id: ID!) { tutor(id: $id) { reviewCount } }', { id: tutor.tutorId });
    expect(data).toEqual({ tutor: { reviewCount: 3 } });
  });

  it('do not come again once staff has published it', async () => {
    const [found] = await waitingCases(market, tutor.tutorId);
    const staff = await market.graph.person('HR');
    await market.mutate('decideModeration', { caseId: found?.id, decision: 'PUBLISH' }, staff);
    const [{ id } = { id: '' }] = await market.sql<{ id: string }>(
      `select id from marketplace.reviews where tutor_id = ? and suspicion >= 0.75`,
      [tutor.tutorId],
    );
    await market.sql('update marketplace.reviews set suspicion = null where id = ?', [id]);
    await weigh(id);
    expect(await signals(id, staff)).toMatchObject({ state: 'PUBLISHED' });
    expect(await waitingCases(market, tutor.tutorId)).toEqual([]);
  });

  it('name stars that the words do not fit, without holding the review back', async () => {
    tutor = await market.tutor();
    const id = await review({ rating: 5, text: 'Ужасные занятия, зря потратили деньги. Бесполезно и скучно.' });
    await jobsDone(market, 'weigh-review');
    const staff = await market.graph.person('HR');
    expect(await signals(id, staff)).toMatchObject({ state: 'PUBLISHED', signals: [{ kind: 'SENTIMENT_MISMATCH' }] });
  });

  it('are found by an index, however many reviews there are', async () => {
    const room = market.graph.rooms.get('marketplace');
    const plan = await transaction(room?.orm.em ?? never(), async (tx) => {
      await tx.execute('set local enable_seqscan = off');
      return tx.execute<Record<string, string>[]>(
        `explain select text from marketplace.reviews where sketch && '{1,2,3}'::int[] order by created_at desc limit 50`,
      );
    });
    expect(JSON.stringify(plan)).toContain('reviews_alike');
  });
});

function never(): never {
  throw new Error('The marketplace does not run');
}
