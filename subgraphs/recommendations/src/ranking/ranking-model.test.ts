import { describe, expect, it } from 'vitest';
import { FEATURE_DIRECTIONS, FEATURE_NAMES, type FeatureName } from './features.js';
import {
  contributionsOf,
  HAND_MADE,
  importanceOf,
  type ModelContent,
  rankingModelSchema,
  rankRows,
} from './ranking-model.js';

const rowOf = (values: Partial<Record<FeatureName, number>>) => FEATURE_NAMES.map((name) => values[name] ?? Number.NaN);
const scoreOf = (model: ModelContent, values: Partial<Record<FeatureName, number>>) =>
  rankRows(model, [rowOf(values)])[0]?.score ?? Number.NaN;
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

/** One split: whoever is verified gets 1, others 0, and where it is not known a half. */
const oneSplit = (features: string[], column: number): ModelContent => ({
  kind: 'BOOSTED',
  prior: [],
  importance: features.map((_, at) => Number(at === column)),
  boosted: {
    version: 1,
    features,
    baseScore: 0.25,
    trees: [
      {
        feature: [column, -1, -1],
        threshold: [0.5, 0, 0],
        left: [1, -1, -1],
        right: [2, -1, -1],
        missingLeft: [true, false, false],
        value: [0, 0, 1],
        cover: [2, 1, 1],
        gain: [1, 0, 0],
      },
    ],
  },
  calibration: { slope: 1, intercept: 0 },
});

describe('the hand-made model', () => {
  it('can be written and read like any other', () => {
    expect(rankingModelSchema.parse(JSON.parse(JSON.stringify(HAND_MADE)))).toEqual(HAND_MADE);
  });

  it('weighs no feature against its direction', () => {
    if (HAND_MADE.kind !== 'WEIGHTED') throw new Error('The hand-made model has weights');
    const against = HAND_MADE.terms.filter(
      ({ feature, weight }) => weight * (FEATURE_DIRECTIONS[FEATURE_NAMES.indexOf(feature)] ?? 0) < 0,
    );
    expect(against).toEqual([]);
    expect(new Set(HAND_MADE.terms.map(({ feature }) => feature)).size).toBe(HAND_MADE.terms.length);
  });

  it('puts a well-rated tutor within the budget before a dear one who rates worse', () => {
    const good = { rating: 4.9, overBudget: 0, similarity: 0.6 };
    expect(scoreOf(HAND_MADE, good)).toBeGreaterThan(scoreOf(HAND_MADE, { ...good, overBudget: 0.3, rating: 4.4 }));
  });

  it('holds what is not known for usual, and a chance for a number between 0 and 1', () => {
    expect(scoreOf(HAND_MADE, { hoursOverlap: 0.6 })).toBe(0);
    expect(scoreOf(HAND_MADE, {})).toBeCloseTo(-0.15);
    const [best, worst] = rankRows(HAND_MADE, [rowOf({ similarity: 1, lessonsTogether: 4 }), rowOf({ overBudget: 4 })]);
    expect(best?.chance).toBeGreaterThan(0.6);
    expect(best?.chance).toBeLessThan(1);
    expect(worst?.chance).toBeGreaterThan(0);
    expect(worst?.chance).toBeLessThan(0.01);
  });

  it('is explained by parts that add up to its score', () => {
    const values = { rating: 4.9, similarity: 0.02, verified: 1, overBudget: 0.2 };
    const parts = contributionsOf(HAND_MADE, rowOf(values));
    expect(parts).toHaveLength(FEATURE_NAMES.length);
    expect(sum(parts)).toBeCloseTo(scoreOf(HAND_MADE, values));
    expect(parts[FEATURE_NAMES.indexOf('similarity')]).toBeLessThan(0);
    expect(parts[FEATURE_NAMES.indexOf('verified')]).toBeGreaterThan(0);
  });
});

describe('a trained model', () => {
  it('finds its features by their names, wherever this version counts them', () => {
    const [whole, own] = [oneSplit([...FEATURE_NAMES], FEATURE_NAMES.indexOf('verified')), oneSplit(['verified'], 0)];
    for (const model of [whole, own]) {
      expect([1, 0, Number.NaN].map((verified) => scoreOf(model, { verified }))).toEqual([1.25, 0.25, 0.25]);
      const parts = contributionsOf(model, rowOf({ verified: 1 }));
      expect(parts[FEATURE_NAMES.indexOf('verified')]).toBeCloseTo(0.5);
      expect(sum(parts)).toBeCloseTo(0.5);
      expect(importanceOf(model)[0]).toEqual({ feature: 'verified', share: 1 });
    }
  });

  it('is not read when it asks for what this version does not count', () => {
    expect(rankingModelSchema.safeParse(oneSplit(['verified'], 0)).success).toBe(true);
    expect(rankingModelSchema.safeParse(oneSplit(['gender'], 0)).success).toBe(false);
    expect(rankingModelSchema.safeParse(oneSplit(['verified'], 3)).success).toBe(false);
    expect(rankingModelSchema.safeParse({ kind: 'WEIGHTED' }).success).toBe(false);
  });
});
