import { describe, expect, it } from 'vitest';
import { RISK_FEATURES, type RiskFeatureName } from './risk-features.js';
import { priorsOf } from './risk-priors.js';

/** A model whose only split asks for one feature. */
function model(asks: RiskFeatureName) {
  const leaf = { feature: [RISK_FEATURES.indexOf(asks), -1, -1], threshold: [0, 0, 0], left: [1, -1, -1] };
  const tree = {
    ...leaf,
    right: [2, -1, -1],
    value: [0, 0, 0],
    gain: [1, 0, 0],
    cover: [2, 1, 1],
    missingLeft: [true, true, true],
  };
  return { version: 1 as const, features: [...RISK_FEATURES], baseScore: 0, trees: [tree] as never };
}

function prior(name: RiskFeatureName, value: number, asks: RiskFeatureName = 'standing'): number {
  const row = RISK_FEATURES.map((feature) => (feature === name ? value : Number.NaN));
  return priorsOf(model(asks), row).reduce((sum, one) => sum + one, 0);
}

describe('what a model was never taught', () => {
  it('raises the risk from the second week of silence on, and not for ever', () => {
    expect([0, 7, 12, 17, 27, 400].map((days) => prior('daysInactive', days))).toEqual([0, 0, 0.5, 1, 2, 2]);
  });

  it('raises it for who is behind with lessons, and for failed tests', () => {
    expect([1, 0.5, 0].map((rank) => prior('lessonRank', rank))).toEqual([0, 0, 0.5]);
    expect([0, 2, 50].map((count) => prior('failedTests', count))).toEqual([0, 0.5, 1]);
  });

  it('counts neither where it is not known, nor once a model has learned of it', () => {
    expect(prior('daysInactive', Number.NaN)).toBe(0);
    expect(prior('daysInactive', 20, 'daysInactive')).toBe(0);
  });
});
