import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { Market, type TestTutor } from './market.js';
import { PaymentsStream, premiumOf } from './payments-stream.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIST = `query ($filter: TutorFilter, $orderBy: TutorOrder) {
  tutors(filter: $filter, orderBy: $orderBy) { totalCount edges { node { id premium } } } }`;

let market: Market;
let payments: PaymentsStream;
let subjectId: string;
let tutor: TestTutor;
let first: string;

beforeAll(async () => {
  market = await Market.open();
  payments = new PaymentsStream(market);
});

beforeEach(async () => {
  subjectId = await market.subject();
  tutor = await market.teacher(subjectId);
  first = newId();
});

afterAll(() => market.close());

/** Says that the membership is paid for so many days from now, or that it is over. */
async function say(inDays: number | null, membershipId = first, who = tutor): Promise<void> {
  await payments.say(premiumOf(who, membershipId, inDays === null ? null : day(inDays)));
  await payments.heard('premium-tutors');
}

/** The same moment each time within a test run. */
const BEGAN = Date.now();
function day(count: number): string {
  return new Date(BEGAN + count * DAY_MS).toISOString();
}

async function isPremium({ tutorId } = tutor): Promise<unknown> {
  const { data } = await market.run('query ($id: ID!) { tutor(id: $id) { premium } }', { id: tutorId });
  return (data['tutor'] as { premium: boolean } | null)?.premium;
}

describe('a premium membership', () => {
  it('is shown to everybody while it lasts, and others are told that the profile changed, once', async () => {
    expect(await isPremium()).toBe(false);
    await say(30);
    await say(30);
    expect(await isPremium()).toBe(true);
    await say(60);
    await say(null);
    await say(null);
    expect(await isPremium()).toBe(false);
    const told = await market.sql(
      `select from marketplace.outbox where event ->> 'type' like '%.tutor.changed.v1' and event ->> 'subject' = ?`,
      [tutor.tutorId],
    );
    expect(told).toHaveLength(2);
  });

  it('that has ended does not come back by what is said of the time before, but by another one', async () => {
    await say(60);
    await say(30);
    await say(null);
    await say(60);
    expect(await isPremium()).toBe(false);
    const second = newId();
    await say(31, second);
    expect(await isPremium()).toBe(true);
    await say(null);
    expect(await isPremium()).toBe(true);
    await say(null, second);
    expect(await isPremium()).toBe(false);
  });

  it('belongs to the profile of the person who pays, and nobody else', async () => {
    const other = await market.tutor();
    await say(30, first, { ...tutor, tutorId: other.tutorId });
    expect([await isPremium(), await isPremium(other)]).toEqual([false, false]);
  });

  it('is forgotten with the person, and what comes later changes nothing', async () => {
    await say(30);
    const { orm } = market.graph.rooms.get('marketplace') ?? {};
    if (!orm) throw new Error('The marketplace does not run');
    await transaction(orm.em, (tx) => marketplacePrivacy.erase(tx, tutor.userId));
    await say(60);
    const rows = await market.sql('select premium from marketplace.tutors where id = ?', [tutor.tutorId]);
    expect(rows).toEqual([{ premium: false }]);
  });
});

describe('tutors who are premium', () => {
  const found = (variables: object) => market.ids(LIST, 'tutors', variables);

  it('are found as such, whatever changes in their profiles', async () => {
    const other = await market.teacher(subjectId);
    await say(30);
    const filter = { subjectId, premiumOnly: true };
    expect(await found({ filter })).toEqual([tutor.tutorId]);
    await market.made('updateTutorProfile', { headline: 'Something else' }, tutor, 'tutor');
    expect(await found({ filter })).toEqual([tutor.tutorId]);
    expect((await found({ filter: { subjectId, premiumOnly: false } })).sort()).toEqual(
      [tutor.tutorId, other.tutorId].sort(),
    );
    await say(null);
    expect(await found({ filter })).toEqual([]);
  });

  it('stand first among those who are as good, and not before anybody who is better', async () => {
    const [better, same] = [await market.teacher(subjectId), await market.teacher(subjectId)];
    await market.sql("update marketplace.tutors set created_at = now() - interval '1 year'");
    const rate = 'update marketplace.tutors set rating_sum = ?, review_count = ? where id = ?';
    await market.sql(rate, [50, 10, better.tutorId]);
    await say(30);
    // Those who are as good follow by their ids, from the last: the one who was made later comes first.
    const ranked = [better.tutorId, tutor.tutorId, same.tutorId];
    expect(await found({ filter: { subjectId }, orderBy: 'RELEVANCE' })).toEqual(ranked);
    expect(await found({ filter: { subjectId }, orderBy: 'RATING' })).toEqual([better, same, tutor].map(idOf));
    await market.made('updateTutorProfile', { headline: 'Something else' }, tutor, 'tutor');
    expect(await found({ filter: { subjectId }, orderBy: 'RELEVANCE' })).toEqual(ranked);
  });
});

function idOf({ tutorId }: TestTutor): string {
  return tutorId;
}
