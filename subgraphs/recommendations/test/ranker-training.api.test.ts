import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { openSignals, type Signals } from '@tutorgraph/kit/signals/signals';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertLists } from '../src/feedback/shown-list.repository.js';
import { FEATURE_NAMES } from '../src/ranking/features.js';
import { readLoggedLists } from '../src/ranking/logged-lists.repository.js';
import { RankerTrainer } from '../src/ranking/ranker-trainer.js';
import { RankingModel } from '../src/ranking/ranking-model.entity.js';
import { RunningModel } from '../src/ranking/running-model.js';
import { trainingReport } from '../src/ranking/training-report.js';
import { featureOf, madeUpLists } from './logged-lists.js';
import { addModel, happened, shownList, storeLists } from './ranking-lab.js';
import { roomEm } from './scene.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const LONG = 240_000;

let graph: TestGraph;
let signals: Signals;
let models: RunningModel;

beforeAll(async () => {
  graph = await startTestGraph(['recommendations']);
  signals = await openSignals({ room: 'recommendations', logger: silentLogger });
  models = new RunningModel({ signals, logger: silentLogger });
});
afterAll(async () => {
  await signals.close();
  await graph.close();
});

const em = () => roomEm(graph);
const trainer = (leastLists: number) => new RankerTrainer(em(), models, leastLists);
const train = (leastLists: number, modelId = newId(), onProgress?: (share: number) => void) =>
  trainer(leastLists).train({
    ...{ modelId, at: new Date(), signal: new AbortController().signal },
    ...(onProgress && { onProgress }),
  });

describe('what a ranker learns from', () => {
  const at = new Date('2024-05-01T12:00:00Z');
  const search = { from: new Date('2024-01-01'), to: new Date('2025-01-01'), most: 100 };

  it('is what was shown for orders and wishes, with features as they were then and what came of it in time', async () => {
    const list = shownList(at);
    const other = shownList(new Date(at.getTime() + DAY_MS), { surface: 'WISH', orderId: null });
    const elsewhere = shownList(at, { surface: 'SIMILAR' });
    await transaction(em(), (tx) => insertLists(tx, [list, other, elsewhere]));
    await happened(em(), list, { position: 1, kind: 'OPENED', days: 0.1 });
    await happened(em(), list, { position: 1, kind: 'BOOKED', days: 20 });
    await happened(em(), list, { position: 2, kind: 'CHOSEN', days: 22 });
    await happened(em(), other, { position: 2, kind: 'OPENED', days: -1 });
    await happened(em(), other, { position: 1, kind: 'BOOKED', days: 2 });
    await happened(em(), other, { position: 1, kind: 'REVIEWED', days: 3, rating: 1 });
    const [newest, oldest, ...others] = await readLoggedLists(em(), search);
    expect(others).toEqual([]);
    expect(newest).toMatchObject({ unit: other.request.viewerId, shownAt: at.getTime() + DAY_MS });
    expect(newest?.rows.map(({ position, grade }) => [position, grade])).toEqual([
      [1, 0.1],
      [2, 0],
    ]);
    expect(oldest).toMatchObject({ unit: list.request.orderId, shownAt: at.getTime() });
    expect(oldest?.rows.map(({ position, grade }) => [position, grade])).toEqual([
      [1, 3],
      [2, 0],
    ]);
    const [first] = oldest?.rows ?? [];
    expect(first?.features.slice(0, 4)).toEqual([1, Number.NaN, 0.5, Number.NaN]);
    expect(first?.features).toHaveLength(FEATURE_NAMES.length);
  });

  it('is the newest, read in pages, and nothing outside the days that are asked for', async () => {
    const days = new Date('2023-01-01').getTime();
    const lists = Array.from({ length: 620 }, (_, index) => shownList(new Date(days + (index >> 1) * 60_000)));
    await transaction(em(), (tx) => insertLists(tx, lists));
    const found = await readLoggedLists(em(), { from: new Date('2023-01-01'), to: new Date('2023-06-01'), most: 610 });
    expect(found).toHaveLength(610);
    expect(new Set(found.map(({ unit }) => unit)).size).toBe(610);
    expect(found.map(({ shownAt }) => shownAt)).toEqual(found.map(({ shownAt }) => shownAt).sort((a, b) => b - a));
    expect(await readLoggedLists(em(), { ...search, to: at })).toEqual([]);
  });
});

/** Students who want whoever teaches nothing else, which the hand-made model hardly looks at. */
const specialists = {
  wanted: (row: readonly number[]) => 7 * featureOf(row, 'subjectFocus') - 5,
  looked: (position: number) => 1 / Math.sqrt(position),
  shuffled: 2,
};

describe('training a ranking model', { timeout: LONG }, () => {
  it('makes none of too little, and says what it lacks', async () => {
    const before = await em().count(RankingModel);
    const result = await train(300);
    expect(result).toMatchObject({ kind: 'TOO_LITTLE', found: { training: 0 }, needed: { training: 300 } });
    expect(trainingReport(result).join('\n')).toContain('0 of 300');
    expect(await em().count(RankingModel)).toBe(before);
  });

  it('lets a better model run, with its figures and what it was compared with, once for each id', async () => {
    await storeLists(em(), madeUpLists({ ...specialists, count: 640, days: 28 }), 22);
    const former = await models.current(em());
    const shares: number[] = [];
    const modelId = newId();
    const result = await train(100, modelId, (share) => shares.push(share));
    expect(result).toMatchObject({ kind: 'TRAINED', model: { id: modelId, status: 'RUNNING', source: 'TRAINED' } });
    expect(shares.at(-1)).toBe(1);
    const stored = await em().findOneOrFail(RankingModel, { id: modelId });
    expect(stored).toMatchObject({ formerId: former.id, comparedWithId: former.id, promotedBy: null });
    expect(stored.metrics.differenceLow).toBeGreaterThan(0);
    expect(stored.dataTo?.getTime()).toBeLessThan(Date.now() - 35 * DAY_MS);
    expect(await models.current(em())).toMatchObject({ id: modelId, degraded: false, content: { kind: 'BOOSTED' } });
    expect(trainingReport(result).join('\n')).toContain('ranks from now on');
    expect(await train(100, modelId)).toBeNull();
  });

  it('keeps a model that is no better, without letting it run', async () => {
    const former = await models.current(em());
    const result = await train(100);
    expect(result).toMatchObject({ kind: 'TRAINED', model: { status: 'REJECTED', comparedWithId: former.id } });
    expect(trainingReport(result).join('\n')).toContain('goes on');
    expect((await models.current(em())).id).toBe(former.id);
  });

  it('lets one of two trainings in that go on at once', async () => {
    const weak = await addModel(em(), { status: 'RETIRED' });
    await em().nativeUpdate(RankingModel, { status: 'RUNNING' }, { status: 'RETIRED' });
    await em().nativeUpdate(RankingModel, { id: weak }, { status: 'RUNNING' });
    models.changed();
    const results = await Promise.all([train(100), train(100)]);
    const statuses = results.map((result) => result?.kind === 'TRAINED' && result.model.status);
    expect(statuses.toSorted()).toEqual(['REJECTED', 'RUNNING']);
    expect(await em().count(RankingModel, { status: 'RUNNING' })).toBe(1);
  });

  it('stops when it is told to', async () => {
    const stopped = trainer(100).train({ modelId: newId(), at: new Date(), signal: AbortSignal.timeout(300) });
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
