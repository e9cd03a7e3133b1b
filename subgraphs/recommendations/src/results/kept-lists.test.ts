import { type CacheStore, MemoryCacheStore } from '@tutorgraph/kit/cache/cache-store';
import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { expect, test } from 'vitest';
import { TUTOR } from '../../test/usual-tutor.ts';
import { KeptLists } from './kept-lists.js';
import type { RankedList } from './recommend.js';

const KEY = { wish: 'wish', basis: 'basis', orderId: newId() };

/** The lists of one process. */
function processWith(store: CacheStore): KeptLists {
  return new KeptLists({ store, logger: silentLogger, metrics: new Metrics() });
}

function makeList(): RankedList {
  return {
    id: newId(),
    model: { id: newId(), version: 3 },
    embeddingModel: 'local@1',
    subject: { medianRateMinor: null, meanRating: 4.6 },
    degraded: ['TEXTS'],
    relaxed: ['PRICE'],
    candidateCount: 1,
    computedAt: new Date('2026-11-22T12:00:00Z'),
    tutors: [
      {
        tutorId: TUTOR.tutorId,
        facts: { ...TUTOR, styles: { PATIENT: 0.5 } },
        row: [1, Number.NaN, -0.25],
        score: 0.1,
        match: 52.5,
        chance: 0.14,
        sources: ['TEXT', 'POPULAR'],
        steps: 1,
        standing: 0.1,
        explored: false,
      },
    ],
  };
}

test('another process has the same list, with all that is in it', async () => {
  const store = new MemoryCacheStore();
  const list = makeList();
  const first = await processWith(store).answer(KEY, async () => list);
  const other = await processWith(store).answer(KEY, () => Promise.reject(new Error('It is there already')));
  expect(first).toEqual({ list, isNew: true });
  expect(other).toEqual({ list, isNew: false });
});

test('those who ask in the same moment share one computation', async () => {
  const lists = processWith(new MemoryCacheStore());
  let computed = 0;
  const compute = async (): Promise<RankedList> => {
    computed++;
    return makeList();
  };
  const answers = await Promise.all([
    lists.answer(KEY, compute),
    lists.answer(KEY, compute),
    lists.answer(KEY, compute),
  ]);
  expect([computed, new Set(answers.map(({ list }) => list.id)).size]).toEqual([1, 1]);
});

test('a list that was dropped answers no more, and is still there for whoever pages in it', async () => {
  const lists = processWith(new MemoryCacheStore());
  const list = makeList();
  await lists.answer(KEY, async () => list);
  await lists.drop(KEY);
  const anew = await lists.answer(KEY, async () => makeList());
  expect(anew.list.id).not.toBe(list.id);
  expect(await lists.find(KEY.wish, list.id)).toEqual(list);
});

test('all lists of an order are dropped together, in every process, and no others', async () => {
  const store = new MemoryCacheStore();
  const [lists, elsewhere] = [processWith(store), processWith(store)];
  const keys = [
    KEY,
    { ...KEY, basis: 'another' },
    { ...KEY, wish: 'its', orderId: newId() },
    { ...KEY, orderId: null, wish: 'b' },
  ];
  for (const key of keys) await lists.answer(key, async () => makeList());
  await elsewhere.dropOrder(KEY.orderId);
  const answered = [];
  for (const key of keys) answered.push((await lists.answer(key, async () => makeList())).isNew);
  expect(answered).toEqual([true, true, false, false]);
});

test('nobody finds a list of another wish by its id', async () => {
  const lists = processWith(new MemoryCacheStore());
  const list = makeList();
  await lists.answer(KEY, async () => list);
  expect(await lists.find('another wish', list.id)).toBeUndefined();
  expect(await lists.find(KEY.wish, newId())).toBeUndefined();
});

test('while the store fails each list is computed, and nothing else is noticed', async () => {
  const broken = { read: () => Promise.reject(new Error('away')), write: () => Promise.reject(new Error('away')) };
  const lists = processWith(broken);
  const [list, other] = [makeList(), makeList()];
  expect((await lists.answer(KEY, async () => list)).list).toBe(list);
  expect((await lists.answer(KEY, async () => other)).list).toBe(other);
});
