import { loadDemo } from '@tutorgraph/kit/room/demo';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { loadRoomSources } from '@tutorgraph/kit/testing/load-room';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ExperimentConversion, ExperimentExposure } from '../src/experiments/exposure.entity.js';
import { Impression, Outcome, RankingRequest } from '../src/feedback/feedback.entity.js';
import { CatchUp } from '../src/market/catch-up.entity.js';
import { MarketOffer, MarketOrder, MarketTutor } from '../src/market/market.entity.js';
import { roomEm } from './scene.js';

const NAMES = ['accounts', 'marketplace', 'recommendations'];
const NOW = new Date('2026-11-21T09:00:00Z');
const AMOUNTS = { seed: 7, tutors: 64, orders: 30, now: NOW };
const HALF_A_YEAR = 183 * 86_400_000;

let graph: TestGraph;
const em = () => roomEm(graph);

beforeAll(async () => {
  graph = await startTestGraph(NAMES);
  await load(true);
});
afterAll(() => graph?.close());

async function load(clear: boolean): Promise<boolean> {
  return loadDemo(await loadRoomSources(NAMES), graph.databaseUrl, { ...AMOUNTS, clear });
}

/** All that the room holds of what was shown, without times of writing. */
async function shown() {
  return {
    lists: await em().find(
      RankingRequest,
      {},
      { orderBy: { id: 'asc' }, fields: ['viewerId', 'subjectId', 'createdAt'] },
    ),
    outcomes: await em().find(Outcome, {}, { orderBy: { id: 'asc' }, fields: ['kind', 'tutorId', 'at'] }),
  };
}

it('the room knows the market of the demo at once, hours, languages and figures included', async () => {
  expect(await em().count(MarketTutor)).toBe(65);
  expect(await em().count(MarketTutor, { hours: null })).toBe(0);
  expect(await em().count(MarketTutor, { reviewCount: { $gt: 0 }, lessonCount: { $gt: 0 } })).toBeGreaterThan(30);
  expect(await em().count(MarketOffer, { popularity: { $gt: 0 } })).toBeGreaterThan(40);
  const orders = await em().find(MarketOrder, {});
  expect(orders.filter(({ languages }) => languages.length === 0)).toEqual([]);
  const vague = /гибко|обсудим|flexible/i;
  const timed = orders.filter(({ preferredTimes }) => preferredTimes && !vague.test(preferredTimes));
  expect(timed.length).toBeGreaterThan(20);
  expect(timed.filter(({ hours }) => !hours).map(({ preferredTimes }) => preferredTimes)).toEqual([]);
  expect(await em().count(CatchUp, { finishedAt: null })).toBe(0);
});

it('its students have seen lists for half a year, and what came of them is theirs', async () => {
  const lists = await em().find(RankingRequest, {}, { orderBy: { createdAt: 'asc' } });
  expect(lists.length).toBeGreaterThan(150);
  expect(NOW.getTime() - (lists[0]?.createdAt.getTime() ?? 0)).toBeLessThan(HALF_A_YEAR + 3 * 86_400_000);
  expect(NOW.getTime() - (lists[0]?.createdAt.getTime() ?? 0)).toBeGreaterThan(0.9 * HALF_A_YEAR);
  const impressions = await em().find(Impression, {});
  expect(new Set(impressions.map(({ features }) => features.length)).size).toBe(1);
  expect(impressions.filter(({ chance }) => !chance || chance <= 0 || chance >= 1)).toEqual([]);

  const outcomes = await em().find(Outcome, {});
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind);
  for (const kind of ['OPENED', 'APPLIED', 'CHOSEN', 'BOOKED', 'REVIEWED'] as const) {
    expect([kind, (kinds.get(kind)?.length ?? 0) > 30]).toEqual([kind, true]);
  }
  const credited = outcomes.filter(({ requestId }) => requestId);
  expect(credited.length).toBeGreaterThan(0.6 * outcomes.length);
  const seen = new Set(impressions.map(({ requestId, tutorId }) => `${requestId} ${tutorId}`));
  expect(credited.filter(({ requestId, tutorId }) => !seen.has(`${requestId} ${tutorId}`))).toEqual([]);
});

it('who is shown first is opened most, and students of the experiment have one variant each', async () => {
  const opened = new Set(
    (await em().find(Outcome, { kind: 'OPENED' })).map((one) => `${one.requestId} ${one.tutorId}`),
  );
  const rate = async (position: number): Promise<number> => {
    const there = await em().find(Impression, { position });
    return there.filter((one) => opened.has(`${one.requestId} ${one.tutorId}`)).length / there.length;
  };
  expect(await rate(1)).toBeGreaterThan(1.3 * (await rate(4)));
  const exposures = await em().find(ExperimentExposure, {});
  const byVariant = Map.groupBy(exposures, ({ variantId }) => variantId);
  // Two experiments with two variants each: on people, and on markets.
  expect([...byVariant.values()].map(({ length }) => length > 3)).toEqual([true, true, true, true]);
  expect(await em().count(ExperimentConversion)).toBeGreaterThan(30);
});

it('is the same whenever it is loaded, and goes when it is cleared', async () => {
  const before = await shown();
  expect(await load(false)).toBe(false);
  expect(await load(true)).toBe(true);
  expect(await shown()).toEqual(before);
});
