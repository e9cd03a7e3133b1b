import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { Market, type TestTutor } from './market.js';
import { waitingCases } from './moderation.js';

const CONTACT = 'planted words, write to a@example.com';
let market: Market;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  [student, tutor] = [await market.student(), await market.tutor({ biography: CONTACT })];
  const bookings = [
    await market.booking(student, tutor, 'COMPLETED'),
    await market.booking(student, tutor, 'COMPLETED'),
  ];
  const { id } = await market.made(
    'reviewTutor',
    { bookingId: bookings[0], rating: 5, text: 'planted praise' },
    student,
    'review',
  );
  await market.made('reviewTutor', { bookingId: bookings[1], rating: 5, text: CONTACT }, student, 'review');
  await market.made('answerReview', { reviewId: id, text: CONTACT }, tutor, 'review');
  const staff = await market.graph.person('HR');
  for (const { id: caseId, kind } of await waitingCases(market, tutor.tutorId)) {
    await market.mutate('decideModeration', { caseId, decision: 'REJECT', reason: 'planted reason' }, staff);
    const author = kind === 'REVIEW' ? student : tutor;
    await market.mutate('appealModeration', { caseId, statement: 'planted statement' }, author);
  }
});

afterAll(() => market.close());

function room() {
  const found = market.graph.rooms.get('marketplace');
  if (!found) throw new Error('The marketplace does not run');
  return found;
}

const collect = ({ userId }: TestPerson) => marketplacePrivacy.collect(room().orm.em.fork(), userId);
const erase = ({ userId }: TestPerson) => transaction(room().orm.em, (tx) => marketplacePrivacy.erase(tx, userId));

async function planted(): Promise<string[]> {
  const tables = [
    'tutors',
    'reviews',
    'review_answers',
    'moderation_cases',
    'moderation_decisions',
    'profile_texts',
    'outbox',
  ];
  const found = tables.map((name) => `select '${name}' as name from marketplace.${name} t where t::text ~ 'planted'`);
  const rows = await market.sql<{ name: string }>(found.join(' union all '));
  return rows.map(({ name }) => name).sort();
}

describe('what is moderated of somebody', () => {
  it('is collected with what became of it, and without who decided', async () => {
    const { sections: of } = await collect(tutor);
    expect(of['reviewAnswers']).toMatchObject([{ text: CONTACT, state: 'REJECTED' }]);
    expect(of['heldTexts']).toEqual({ biography: CONTACT });
    const cases = of['moderationCases'] as object[];
    expect(cases).toHaveLength(2);
    expect(cases[0]).toMatchObject({
      outcome: 'REJECTED',
      reason: 'planted reason',
      appealStatement: 'planted statement',
    });
    expect(cases[0]).not.toHaveProperty('decidedBy');
    const { sections: ofStudent } = await collect(student);
    expect(ofStudent['moderationCases']).toHaveLength(1);
    for (const review of ofStudent['reviews'] as object[]) {
      for (const key of ['networkHash', 'sketch', 'signals', 'suspicion']) expect(review).not.toHaveProperty(key);
    }
  });

  it('leaves no words when both are forgotten, and nothing waits for staff any longer', async () => {
    expect(await planted()).not.toEqual([]);
    await erase(student);
    await erase(tutor);
    expect(await planted()).toEqual([]);
    expect(await waitingCases(market, tutor.tutorId)).toEqual([]);
    await erase(tutor);
    expect(await planted()).toEqual([]);
  });
});
