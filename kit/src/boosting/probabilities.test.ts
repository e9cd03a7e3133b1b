import { describe, expect, it } from 'vitest';
import { Random } from '../demo/random.js';
import { sigmoid } from './objectives.js';
import { areaUnderCurve, calibrate, calibrated, calibrationError, precisionAtTop } from './probabilities.js';

describe('probabilities', () => {
  it('are calibrated on scores that say too much', () => {
    const random = new Random('probabilities test');
    const truths = Array.from({ length: 5_000 }, () => random.normal(-1, 1));
    const labels = truths.map((truth) => Number(random.chance(sigmoid(truth))));
    const exaggerated = truths.map((truth) => truth * 3 + 2);
    const before = calibrationError(exaggerated.map(sigmoid), labels);
    const calibration = calibrate(exaggerated, labels);
    const after = calibrationError(
      exaggerated.map((score) => calibrated(calibration, score)),
      labels,
    );
    expect(before).toBeGreaterThan(0.15);
    expect(after).toBeLessThan(0.03);
  });

  it('are the base rate where scores rank backwards, and nowhere certain', () => {
    const backwards = calibrate([3, 2, 1, -1, -2, -3], [0, 0, 0, 1, 1, 1]);
    expect(calibrated(backwards, 100)).toBeCloseTo(0.5);
    const oneKind = calibrated(calibrate([1, 2, 3], [0, 0, 0]), 2);
    expect(oneKind).toBeGreaterThanOrEqual(0);
    expect(oneKind).toBeLessThan(0.3);
  });
});

describe('figures of predictions', () => {
  it('count pairs in the right order, equal ones by half', () => {
    expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
    expect(areaUnderCurve([0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1])).toBe(0.5);
  });

  it('compare predicted with real shares step by step', () => {
    expect(calibrationError([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0])).toBeCloseTo(0);
    expect(calibrationError([0.05, 0.05, 0.95, 0.95], [1, 1, 0, 0])).toBeCloseTo(0.95);
  });

  it('look at the top alone for precision', () => {
    expect(precisionAtTop([0.9, 0.1, 0.8, 0.2], [1, 1, 0, 0], 0.5)).toBe(0.5);
    expect(precisionAtTop([0.9, 0.1, 0.8, 0.2], [1, 1, 0, 0], 0.1)).toBe(1);
  });
});
