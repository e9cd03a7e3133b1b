import { groupsOf, meanNdcg } from '@tutorgraph/kit/boosting/ndcg';
import { describe, expect, it } from 'vitest';
import {
  HAND_MADE,
  importanceOf,
  type ModelContent,
  rankingModelSchema,
  rankRows,
} from '../src/ranking/ranking-model.js';
import { trainRanker } from '../src/ranking/train-ranker.js';
import { madeUpLists, wantedOf } from './logged-lists.js';

/** On a machine that does much else. */
const TRAINING_MS = 180_000;
const lists = madeUpLists({ count: 2_400, days: 42 });
const trained = () => {
  const result = trainRanker({ lists }, { running: HAND_MADE });
  if (result.kind !== 'TRAINED') throw new Error('There are lists enough');
  return result;
};
const result = trained();

/** NDCG@10 against what people want, seen or not. */
function trueNdcg(model: ModelContent): number {
  const others = madeUpLists({ count: 200, days: 7, seed: 2 });
  const rows = others.flatMap((list) => list.rows);
  const labels = rows.map(({ features }) => Math.max(0, Math.min(4, wantedOf(features) + 2.5)));
  const scores = rankRows(
    model,
    rows.map(({ features }) => features),
  ).map(({ score }) => score);
  return meanNdcg(
    groupsOf(
      labels,
      others.map((list) => list.rows.length),
    ),
    scores,
    10,
  );
}

describe('training a ranker', { timeout: TRAINING_MS }, () => {
  it('is for certain better than the hand-made model where people want something else', () => {
    expect(result.isBetter).toBe(true);
    expect(result.comparison.difference.low).toBeGreaterThan(0);
    expect(trueNdcg(result.content)).toBeGreaterThan(trueNdcg(HAND_MADE) + 0.03);
    const [first, second] = importanceOf(result.content);
    expect(['hoursOverlap', 'similarity', 'retention', 'overBudget']).toEqual(
      expect.arrayContaining([first?.feature, second?.feature]),
    );
  });

  it('learns from the older lists alone and compares on the latest', () => {
    const last = lists.at(-1)?.shownAt ?? 0;
    expect(result.dataTo).toBeLessThanOrEqual(last - 14 * 24 * 60 * 60 * 1000);
    expect(result.dataFrom).toBe(lists[0]?.shownAt);
    expect(result.sizes.training).toBeGreaterThan(result.sizes.comparison * 3);
  });

  it('says chances that come true', () => {
    expect(result.comparison.candidate.calibrationError).toBeLessThan(0.03);
  });

  it('can be written and read', () => {
    const read = rankingModelSchema.parse(JSON.parse(JSON.stringify(result.content)));
    const rows = (lists[0]?.rows ?? []).map(({ features }) => features);
    expect(rankRows(read, rows)).toEqual(rankRows(result.content, rows));
  });

  it('is not better than a model that knows as much', () => {
    const again = trainRanker({ lists }, { running: result.content, seed: 2 });
    expect(again).toMatchObject({ kind: 'TRAINED', isBetter: false });
  });

  it('is no better than the hand-made model where nothing can be learned', () => {
    const noise = madeUpLists({ count: 1_500, days: 42, wanted: () => -1 });
    expect(trainRanker({ lists: noise }, { running: HAND_MADE })).toMatchObject({ kind: 'TRAINED', isBetter: false });
  });

  it('says what it lacks when there is too little', () => {
    const few = trainRanker({ lists: lists.slice(-300) }, { running: HAND_MADE });
    expect(few).toMatchObject({ kind: 'TOO_LITTLE', needed: { training: 300, validation: 60, comparison: 60 } });
    expect(trainRanker({ lists: [] }, { running: HAND_MADE })).toMatchObject({ kind: 'TOO_LITTLE' });
  });

  it('tells how far it is', () => {
    const shares: number[] = [];
    trainRanker(
      { lists: lists.slice(-1_000) },
      { running: HAND_MADE, leastLists: 100, onProgress: (share) => shares.push(share) },
    );
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });
});
