import { describe, expect, it } from 'vitest';
import type { ExposureRow } from './exposure.repository.js';
import { fairnessOf } from './fairness.rules.js';

function row(city: string, isNewcomer: boolean, tutors: number, exposure: number, successes = 0): ExposureRow {
  return { city, isNewcomer, tutors, exposure, squares: exposure / 2, successes };
}

describe('fairness of exposure', () => {
  it('is exposure by supply and by outcomes', () => {
    const { newcomers, others, cities } = fairnessOf([
      row('riga', true, 20, 50, 10),
      row('riga', false, 60, 250, 30),
      row('', false, 20, 100, 0),
    ]);
    expect(newcomers).toMatchObject({ tutors: 20, supplyShare: 0.2, exposureShare: 0.125, outcomeShare: 0.25 });
    expect(newcomers?.toSupply.ratio).toBeCloseTo(0.625, 12);
    expect(newcomers?.toOutcomes?.ratio).toBeCloseTo(0.5, 12);
    // 400² / 200 places in effect: 100 of 800.
    expect(newcomers?.toSupply.low).toBeCloseTo(0.104 / 0.2, 2);
    expect(newcomers?.toSupply.high).toBeCloseTo(0.1497 / 0.2, 2);
    expect(others?.toSupply.ratio).toBeCloseTo(0.875 / 0.8, 12);
    expect(cities.map(({ city, toSupply }) => [city, toSupply.ratio])).toEqual([
      ['riga', 0.75 / 0.8],
      [null, 0.25 / 0.2],
    ]);
    expect(cities[1]?.toOutcomes).toBeNull();
  });

  it('adds up to what everybody has', () => {
    const { cities } = fairnessOf([row('a', false, 30, 7), row('b', true, 50, 11), row('c', false, 70, 13)]);
    for (const of of ['supplyShare', 'exposureShare'] as const) {
      expect(cities.reduce((total, city) => total + city[of], 0)).toBeCloseTo(1, 12);
    }
  });

  it('tells nothing of groups of fewer than twenty, nor of what could be told from the rest', () => {
    const { newcomers, others, cities, withheldCities } = fairnessOf([
      row('riga', true, 19, 50, 30),
      row('riga', false, 60, 250, 30),
      row('vilnius', false, 19, 100, 30),
    ]);
    expect([newcomers, others]).toEqual([null, null]);
    expect([cities.map(({ city }) => city), withheldCities]).toEqual([['riga'], 1]);
  });

  it('says nothing of outcomes while there are few, and nothing at all of days without lists', () => {
    const few = fairnessOf([row('riga', true, 30, 50, 9), row('riga', false, 30, 50, 10)]);
    expect(few.newcomers).toMatchObject({ outcomeShare: null, toOutcomes: null });
    expect(fairnessOf([row('riga', true, 30, 0), row('riga', false, 30, 0)])).toMatchObject({
      newcomers: null,
      cities: [],
    });
    expect(fairnessOf([])).toEqual({ newcomers: null, others: null, cities: [], withheldCities: 0 });
  });
});
