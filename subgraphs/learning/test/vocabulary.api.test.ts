import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mergeStudents } from '../src/admissions/merge-students.js';
import type { EnglishEdit } from '../src/english/english-check.js';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import { Student } from '../src/students/student.entity.js';
import { VocabularyCard, VocabularyReview } from '../src/vocabulary/card.entity.js';
import { addCardsFromEdits } from '../src/vocabulary/cards-from-mistakes.js';
import { CardScheduler, newMemory } from '../src/vocabulary/scheduler.js';
import { Learning, NOBODY, type PlantedStudent } from './learning-fixtures.js';

const START = Date.parse('2026-11-02T09:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CARD = 'card { id front back context source state dueAt reviewCount suspendedAt lesson { id } }';
const STATISTICS = 'cardStatistics { total suspended fresh learned dueNow dueToday reviewedToday retention }';

interface Card {
  id: string;
  front: string;
  dueAt: string;
  reviewCount: number;
}

let school: Learning;
let learner: PlantedStudent;

beforeAll(async () => {
  school = await Learning.open({ VOCABULARY_NEW_CARDS: '2' });
  // After the start: a database whose name says that it is old is swept by the next run.
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterAll(async () => {
  await school?.close();
  vi.useRealTimers();
});
beforeEach(async () => {
  vi.setSystemTime(START);
  learner = await school.student();
});

async function goOn(ms: number): Promise<void> {
  vi.setSystemTime(Date.now() + ms);
  learner.person.authorization = `Bearer ${await school.graph.issuer.sign(learner.person)}`;
}

async function add(front: string, change: object = {}, { person } = learner): Promise<Card> {
  const { payload, refused } = await school.mutate('addCard', { front, back: 'ответ', ...change }, person, CARD);
  if (!payload?.['card']) throw new Error(`addCard was refused: ${refused.join()}`);
  return payload['card'] as Card;
}

function review({ id, reviewCount }: Card, rating: string, change: object = {}) {
  return school.mutate(
    'reviewCard',
    { cardId: id, rating, expectedReviews: reviewCount, ...change },
    learner.person,
    CARD,
  );
}

async function due(first = 20): Promise<string[]> {
  const query =
    'query ($first: Int) { dueCards(first: $first) { totalCount edges { node { front choices { rating dueAt } lesson { id } } } } }';
  const { edges } = await school.ask<{ edges: { node: Card }[] }>(query, { first }, learner.person);
  return edges.map(({ node }) => node.front);
}

describe('cards', () => {
  it('come up when they are due, and after them as many new ones as the day has room for', async () => {
    const cards: Card[] = [];
    for (const front of ['one', 'two', 'three', 'four']) cards.push(await add(front));
    const [one, two] = cards as [Card, Card];
    expect(await due()).toEqual(['one', 'two']);
    expect((await review(one, 'GOOD')).payload).toMatchObject({ card: { state: 'LEARNING', reviewCount: 1 } });
    expect((await review(two, 'AGAIN')).refused).toEqual([]);
    expect(await due()).toEqual([]);
    await goOn(15 * MINUTE_MS);
    expect(await due()).toEqual(['two', 'one']);
    await goOn(DAY_MS);
    expect(await due()).toEqual(['two', 'one', 'three', 'four']);
    await school.mutate('suspendCard', { cardId: two.id, isSuspended: true }, learner.person);
    expect(await due(2)).toEqual(['one', 'three']);
    expect((await review({ ...two, reviewCount: 1 }, 'GOOD')).refused).toEqual(['CARD_SUSPENDED']);
    await school.mutate('suspendCard', { cardId: two.id, isSuspended: false }, learner.person);
    expect(await due(1)).toEqual(['two']);
  });

  it('keep what FSRS knows, and every review as it was', async () => {
    const card = await add('to borrow', { context: 'Can I borrow your pen?' });
    const scheduler = new CardScheduler(0.9);
    let memory = newMemory(new Date());
    for (const [reviewCount, rating] of (['GOOD', 'GOOD', 'AGAIN', 'EASY'] as const).entries()) {
      const at = new Date();
      memory = scheduler.review(memory, rating, at);
      const { payload } = await review({ ...card, reviewCount }, rating);
      expect(payload).toMatchObject({
        card: { state: memory.state, dueAt: memory.dueAt.toISOString(), reviewCount: reviewCount + 1 },
      });
      await goOn(2 * DAY_MS);
    }
    const kept = await school.em.findOneOrFail(VocabularyCard, { id: card.id });
    expect(kept).toMatchObject({ ...memory, introducedAt: new Date(START) });
    const reviews = await school.em.find(VocabularyReview, { cardId: card.id }, { orderBy: { number: 'asc' } });
    expect(reviews.map(({ number, rating, elapsedDays }) => [number, rating, elapsedDays])).toEqual([
      [1, 'GOOD', 0],
      [2, 'GOOD', 2],
      [3, 'AGAIN', 2],
      [4, 'EASY', 2],
    ]);
    await expect(
      school.sql('update learning.vocabulary_reviews set number = 9 where card_id = ?', [card.id]),
    ).rejects.toThrow('append-only');
    await expect(school.sql('delete from learning.vocabulary_reviews where card_id = ?', [card.id])).rejects.toThrow(
      'append-only',
    );
    const days = await school.sql('select cards from learning.activity_days where student_id = ? order by day', [
      learner.studentId,
    ]);
    expect(days).toEqual([{ cards: 1 }, { cards: 1 }, { cards: 1 }, { cards: 1 }]);
  });

  it('count a repeated review once, and none of what another device has not seen', async () => {
    const card = await add('once');
    const key = { idempotencyKey: 'tap-1' };
    const first = await review(card, 'GOOD', key);
    expect(await review(card, 'GOOD', key)).toEqual(first);
    expect((await review(card, 'EASY', key)).refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect((await review(card, 'EASY')).refused).toEqual(['CHANGED']);
    expect(await school.em.count(VocabularyReview, { cardId: card.id })).toBe(1);
  });

  it.runIf(isRealPostgres())('take one of several reviews at once, and one addition', async () => {
    const card = await add('at once');
    const ratings = ['AGAIN', 'HARD', 'GOOD', 'EASY'];
    const outcomes = await Promise.all(ratings.map((rating) => review(card, rating)));
    expect(outcomes.map(({ refused }) => refused.join()).sort()).toEqual(['', 'CHANGED', 'CHANGED', 'CHANGED']);
    expect(await school.em.count(VocabularyReview, { cardId: card.id })).toBe(1);
    const same = await Promise.all(
      [1, 2, 3].map(() => review({ ...card, reviewCount: 1 }, 'GOOD', { idempotencyKey: 'same' })),
    );
    expect(same.map(({ refused }) => refused)).toEqual([[], [], []]);
    expect(await school.em.count(VocabularyReview, { cardId: card.id })).toBe(2);
    const twice = await Promise.all(
      [1, 2].map(() => school.mutate('addCard', { front: 'twice', back: 'x' }, learner.person)),
    );
    expect(twice.map(({ refused }) => refused.join()).sort()).toEqual(['', 'CARD_EXISTS']);
  });

  it('are the student’s own to change and to take away', async () => {
    const card = await add('colour');
    const stranger = await school.student();
    const strange = { cardId: card.id, front: 'color', rating: 'GOOD', expectedReviews: 0, isSuspended: true };
    for (const [field, names] of Object.entries({
      updateCard: ['cardId', 'front'],
      suspendCard: ['cardId', 'isSuspended'],
      reviewCard: ['cardId', 'rating', 'expectedReviews'],
      deleteCard: ['cardId'],
    })) {
      const input = Object.fromEntries(names.map((name) => [name, strange[name as keyof typeof strange]]));
      expect((await school.mutate(field, input, stranger.person)).refused).toEqual(['NOT_FOUND']);
      expect((await school.mutate(field, { ...input, cardId: NOBODY }, learner.person)).refused).toEqual(['NOT_FOUND']);
      expect((await school.mutate(field, input, await school.graph.person('TUTOR'))).refused).toEqual([
        'NOT_A_STUDENT',
      ]);
    }
    await add('flavour');
    const update = (change: object) =>
      school.mutate('updateCard', { cardId: card.id, ...change }, learner.person, CARD);
    expect((await update({ front: ' Flavour ' })).refused).toEqual(['CARD_EXISTS']);
    expect((await update({ front: ' ' })).refused).toEqual(['INVALID_INPUT']);
    expect((await update({ back: 'цвет', context: 'What colour is it?' })).payload).toMatchObject({
      card: { front: 'colour', back: 'цвет', context: 'What colour is it?' },
    });
    expect((await update({ context: '' })).payload).toMatchObject({ card: { context: null } });
    await review(card, 'GOOD');
    expect(
      (await school.mutate('deleteCard', { cardId: card.id }, learner.person, 'deletedCardId')).payload,
    ).toMatchObject({
      deletedCardId: card.id,
    });
    expect(await school.em.count(VocabularyCard, { studentId: learner.studentId })).toBe(1);
  });

  it('name the lesson that they are from, if whoever makes them may read it', async () => {
    const { courseId, versionId, lessonIds } = await school.course({ chained: true });
    const [lessonId = '', lockedId = ''] = lessonIds;
    const made = { front: 'a word', back: 'слово' };
    const refusedBefore = await school.mutate('addCard', { ...made, lessonId }, learner.person);
    expect(refusedBefore.refused).toEqual(['NOT_ENROLLED']);
    await school.enrollment(learner.studentId, { courseId, versionId });
    expect(await add('a word', { lessonId })).toMatchObject({ source: 'LESSON', lesson: { id: lessonId } });
    const refused = await school.mutate('addCard', { ...made, front: 'else', lessonId: lockedId }, learner.person);
    expect(refused.refused).toEqual(['LESSON_LOCKED']);
  });

  it('of mistakes come once, however often they are found', async () => {
    const text = 'She is buzy. We depend from him.';
    const about = { explanation: 'Why.', confidence: 0.9, source: 'rules' as const, suggestions: [] };
    const edits: EnglishEdit[] = [
      { ...about, start: 7, end: 11, original: 'buzy', replacement: 'busy', kind: 'SPELLING' },
      { ...about, start: 23, end: 27, original: 'from', replacement: 'on', kind: 'PREPOSITION' },
    ];
    for (const day of [1, 2]) {
      const at = new Date(START + day * MINUTE_MS);
      await transaction(school.em, (tx) => addCardsFromEdits(tx, learner.studentId, edits, text, at));
    }
    const query = `query ($filter: VocabularyCardFilter) { vocabularyCards(filter: $filter) {
      totalCount edges { node { front back kind source createdAt } } } }`;
    const listed = await school.ask(query, { filter: { source: 'MISTAKE', isSuspended: false } }, learner.person);
    const createdAt = new Date(START + MINUTE_MS).toISOString();
    expect(listed).toMatchObject({
      totalCount: 2,
      edges: [
        { node: { front: 'We depend [from] him.', back: 'We depend on him.\n\nWhy.', kind: 'PREPOSITION', createdAt } },
        { node: { front: 'She is [buzy].', back: 'She is busy.\n\nWhy.', kind: 'SPELLING', source: 'MISTAKE' } },
      ],
    });
    expect(await school.ask(query, { filter: { text: 'DEPEND' } }, learner.person)).toMatchObject({ totalCount: 1 });
    expect(await due()).toEqual(['She is [buzy].', 'We depend [from] him.']);
  });

  it('take the same statements for many as for few', async () => {
    for (const front of ['one', 'two']) await review(await add(front), 'GOOD');
    await goOn(DAY_MS);
    const count = async (first: number) => (await withStatements(() => due(first))).statements.length;
    expect(await count(2)).toBe(await count(1));
  });
});

describe('statistics', () => {
  it('say how a student gets on, to them and to their curators only', async () => {
    const { person, studentId, curator } = await school.classroom();
    learner = { person, studentId };
    const card = await add('known');
    for (const front of ['lost', 'new', 'resting']) await add(front);
    const resting = (await school.em.findOneOrFail(VocabularyCard, { studentId, front: 'resting' })).id;
    await school.mutate('suspendCard', { cardId: resting, isSuspended: true }, person);
    const lost = (await school.em.findOneOrFail(VocabularyCard, { studentId, front: 'lost' })).id;
    await review(card, 'EASY');
    await review({ ...card, id: lost }, 'EASY');
    await goOn(10 * DAY_MS);
    curator.authorization = `Bearer ${await school.graph.issuer.sign(curator)}`;
    const own = () => school.ask(`{ myStudent { ${STATISTICS} } }`, {}, person);
    expect(await own()).toEqual({
      cardStatistics: {
        ...{ total: 4, suspended: 1, fresh: 2, learned: 2, dueNow: 3, dueToday: 3, reviewedToday: 0 },
        retention: null,
      },
    });
    await review({ ...card, reviewCount: 1 }, 'GOOD');
    await review({ ...card, id: lost, reviewCount: 1 }, 'AGAIN');
    const seen = { learned: 1, dueNow: 1, dueToday: 2, reviewedToday: 2, retention: 0.5 };
    expect(await own()).toMatchObject({ cardStatistics: seen });
    const query = `query ($id: ID!) { student(id: $id) { ${STATISTICS} } }`;
    expect(await school.ask(query, { id: studentId }, curator)).toMatchObject({ cardStatistics: seen });
    const stranger = await school.graph.person('CURATOR');
    expect(await school.ask(query, { id: studentId }, stranger)).toBeNull();
  });
});

describe('the account of a student', () => {
  it('brings the cards of whom it claims, those that both have once, and takes all along when it goes', async () => {
    const id = await school.unclaimed();
    await add('both');
    await school.sql(
      `insert into learning.vocabulary_cards select (jsonb_populate_record(c, jsonb_build_object('id', 'f' || substr(gen_random_uuid()::text, 2), 'student_id', ?::text,
         'front', 'theirs', 'dedupe_key', key))).* from learning.vocabulary_cards c, unnest(array[c.dedupe_key, 'other']) as key
        where c.student_id = ?`,
      [id, learner.studentId],
    );
    await transaction(school.em, async (tx) => {
      const [from, into] = [
        await tx.findOneOrFail(Student, { id }),
        await tx.findOneOrFail(Student, { id: learner.studentId }),
      ];
      await mergeStudents(tx, from, into, new Date());
    });
    const { userId } = learner.person;
    await goOn(MINUTE_MS);
    await review(await add('seen'), 'HARD');
    const { sections } = await learningPrivacy.collect(school.em, userId);
    expect(sections['vocabulary']).toMatchObject([
      { front: 'both', reviews: [] },
      { front: 'theirs', reviews: [] },
      { front: 'seen', reviews: [{ rating: 'HARD' }] },
    ]);
    await transaction(school.em, (tx) => learningPrivacy.erase(tx, userId));
    expect(await school.em.count(VocabularyCard, { studentId: learner.studentId })).toBe(0);
  });
});
