import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MarketOrder } from '../src/market/market.entity.ts';
import { RunningModel } from '../src/ranking/running-model.ts';
import { type RankedList, Recommender } from '../src/results/recommend.ts';
import { SubjectUsual } from '../src/results/subject-usual.ts';
import { wishOfOrder } from '../src/results/wish-of-order.ts';
import { addApplication, addLesson, addOrder, addTutor, roomEm } from './scene.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
/** Bits of hours of the week. */
function hours(...asked: number[]): string {
  return Array.from({ length: 168 }, (_, hour) => (asked.includes(hour) ? '1' : '0')).join('');
}

let graph: TestGraph;
let models: RunningModel;
let recommender: Recommender;

beforeAll(async () => {
  graph = await startTestGraph(['recommendations']);
  const quiet = { listen: () => () => {}, send: () => {}, close: async () => {} };
  const logger = silentLogger;
  models = new RunningModel({ signals: quiet, logger });
  recommender = new Recommender({ models, texts: null, usual: new SubjectUsual(), logger });
});
afterAll(() => graph.close());

async function recommended(orderId: string, now = NOW): Promise<RankedList> {
  const em = roomEm(graph);
  const wish = wishOfOrder(await em.findOneOrFail(MarketOrder, orderId));
  const model = await models.current(em);
  return recommender.recommend(em, wish, { model, seed: orderId, now });
}

function idsOf(list: RankedList): string[] {
  return list.tutors.map(({ tutorId }) => tutorId);
}

/** So many tutors of a subject who fulfil all that orders of these tests ask. */
function addMany(count: number, traits: Parameters<typeof addTutor>[1]): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => addTutor(roomEm(graph), traits)));
}

describe('hard filters', () => {
  test('nobody is recommended who does not teach the subject, is hidden, is the student, or was declined', async () => {
    const [subjectId, studentId] = [newId(), newId()];
    const em = roomEm(graph);
    const good = await addTutor(em, { subjectId });
    await addTutor(em, { subjectId: newId() });
    await addTutor(em, { subjectId, hidden: true });
    await addTutor(em, { subjectId, userId: studentId });
    const [declined, withdrawn, pending] = await addMany(3, { subjectId });
    const orderId = await addOrder(em, { subjectId, studentId });
    await addApplication(em, { orderId, tutorId: declined ?? '', status: 'DECLINED' });
    await addApplication(em, { orderId, tutorId: withdrawn ?? '', status: 'WITHDRAWN' });
    await addApplication(em, { orderId, tutorId: pending ?? '', status: 'PENDING' });
    expect(idsOf(await recommended(orderId)).sort()).toEqual([good, pending].sort());
  });

  test('what was asked is asked of everybody while enough tutors fulfil it', async () => {
    const subjectId = newId();
    const em = roomEm(graph);
    const wanted = {
      subjectId,
      rateMinor: 2_300,
      hours: hours(18, 19),
      formats: ['IN_PERSON' as const],
      city: 'moscow',
    };
    const fitting = await addMany(20, wanted);
    for (const other of [
      { rateMinor: 2_301 },
      { currency: 'RUB' },
      { hours: hours(18, 40) },
      { formats: ['ONLINE' as const] },
      { city: 'kazan' },
      { levels: ['ADULT' as const] },
    ]) {
      await addTutor(em, { ...wanted, ...other });
    }
    const orderId = await addOrder(em, {
      subjectId,
      studentId: newId(),
      format: 'IN_PERSON',
      city: 'moscow',
      budgetMinor: 2_000,
      currency: 'EUR',
      hours: hours(18, 19, 20),
    });
    const list = await recommended(orderId);
    expect(idsOf(list).sort()).toEqual([...fitting].sort());
    expect(list.relaxed).toEqual([]);
  });

  test('when too few are left, hours are given up first and the level last, and those who fulfil more come first', async () => {
    const subjectId = newId();
    const em = roomEm(graph);
    const wanted = { subjectId, hours: hours(18, 19) };
    const other = await addTutor(em, { ...wanted, levels: ['ADULT'], rating: 5, reviewCount: 500 });
    const late = await addTutor(em, { ...wanted, hours: hours(100, 101), rating: 5, reviewCount: 500 });
    const fitting = await addTutor(em, { ...wanted, rating: 3, reviewCount: 50 });
    const orderId = await addOrder(em, { subjectId, studentId: newId(), hours: hours(18, 19) });
    const list = await recommended(orderId);
    expect(idsOf(list)).toEqual([fitting, late, other]);
    expect(list.relaxed).toEqual(['HOURS', 'LEVEL']);
  });

  test('lessons in person far away are never an answer; lessons online from there are when nobody is near', async () => {
    const subjectId = newId();
    const em = roomEm(graph);
    const online = await addTutor(em, { subjectId, formats: ['ONLINE'], city: 'kazan' });
    await addTutor(em, { subjectId, formats: ['IN_PERSON'], city: 'kazan' });
    const orderId = await addOrder(em, { subjectId, studentId: newId(), format: 'IN_PERSON', city: 'moscow' });
    expect(idsOf(await recommended(orderId))).toEqual([online]);
  });
});

describe('candidates', () => {
  test('whom students with orders like this one chose is known, and so is whom fellow students learned with', async () => {
    const [subjectId, studentId, fellow] = [newId(), newId(), newId()];
    const em = roomEm(graph);
    const [chosen = '', companion = '', own = ''] = await addMany(3, { subjectId });
    await addMany(20, { subjectId, popularity: 5 });
    for (let like = 0; like < 3; like++) {
      const orderId = await addOrder(em, { subjectId, studentId: newId(), status: 'MATCHED' });
      await addApplication(em, { orderId, tutorId: chosen, status: 'CHOSEN' });
    }
    await addLesson(em, { studentId, tutorId: own, subjectId });
    await addLesson(em, { studentId: fellow, tutorId: own, subjectId });
    await addLesson(em, { studentId: fellow, tutorId: companion, subjectId });
    const list = await recommended(await addOrder(em, { subjectId, studentId }));
    const strengths = new Map(list.tutors.map(({ tutorId, facts }) => [tutorId, facts.collaborative]));
    expect(strengths.get(chosen)).toBeGreaterThan(strengths.get(companion) ?? 1);
    expect(strengths.get(companion)).toBeGreaterThan(0);
    expect([...strengths.values()].filter((strength) => strength === 0)).toHaveLength(20);
    expect(list.tutors.find(({ tutorId }) => tutorId === own)?.facts.lessonsTogether).toBe(1);
  });

  test('newcomers have a share of the candidates, however many others are popular', async () => {
    const subjectId = newId();
    const em = roomEm(graph);
    await addMany(90, { subjectId, popularity: 9 });
    const newcomer = await addTutor(em, { subjectId, popularity: 0, createdAt: new Date(NOW.getTime() - 1000) });
    const list = await recommended(await addOrder(em, { subjectId, studentId: newId() }));
    expect(list.tutors.find(({ tutorId }) => tutorId === newcomer)?.sources).toEqual(['NEWCOMER']);
    expect(list.candidateCount).toBe(61);
  });
});

describe('the order', () => {
  test('one place is for somebody of whom little is known; it stands still for a day and then is another’s', async () => {
    const subjectId = newId();
    const em = roomEm(graph);
    await addMany(12, { subjectId, rating: 4.9, reviewCount: 60, studentCount: 40, returningCount: 38 });
    await addMany(8, { subjectId, applicationCount: 0 });
    const orderId = await addOrder(em, { subjectId, studentId: newId() });
    const list = await recommended(orderId);
    expect(list.tutors.map(({ explored }) => explored).indexOf(true)).toBe(4);
    expect(list.tutors.filter(({ explored }) => explored)).toHaveLength(1);
    const later = new Date(NOW.getTime() + 60 * 60 * 1000);
    expect(idsOf(await recommended(orderId, later))).toEqual(idsOf(list));
    const days = Array.from({ length: 6 }, (_, day) => new Date(NOW.getTime() + (day + 1) * 24 * 60 * 60 * 1000));
    const others = await Promise.all(days.map((day) => recommended(orderId, day)));
    expect(new Set(others.map(({ tutors }) => tutors[4]?.tutorId)).size).toBeGreaterThan(1);
  });
});
