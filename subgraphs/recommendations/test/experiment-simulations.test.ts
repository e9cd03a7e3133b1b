import { Random } from '@tutorgraph/kit/demo/random';
import { describe, expect, it } from 'vitest';
import {
  DAYS,
  type Day,
  days,
  isSignificant,
  marketDays,
  misses,
  RULES,
  type Simulated,
  seemsSignificant,
  shareOf,
  sumOf,
  type Unit,
} from '../bench/simulated-experiments.ts';

describe('looked at every day', () => {
  it('variants that are alike differ significantly in 5 % of experiments at most', () => {
    const simulate = (changes: Partial<Simulated>) => (run: number) =>
      days(new Random('alike', run), { perDay: 150, rate: 0.1, ...changes });
    expect(shareOf(400, simulate({}), isSignificant)).toBeLessThanOrEqual(0.05);
    expect(shareOf(400, simulate({}), isSignificant, { ...RULES, expectedLift: 0.5 })).toBeLessThanOrEqual(0.05);
    expect(shareOf(400, simulate({ share: 0.2, rate: 0.05 }), isSignificant)).toBeLessThanOrEqual(0.05);
    // What one look is right about is wrong in a fifth of them.
    expect(shareOf(400, simulate({}), seemsSignificant)).toBeGreaterThan(0.15);
  });

  it('a real difference is found, and lies in the interval on all days', () => {
    const simulate = (run: number) => days(new Random('different', run), { perDay: 900, rate: 0.12, lift: 0.2 });
    expect(shareOf(60, simulate, isSignificant)).toBeGreaterThan(0.8);
    expect(shareOf(60, simulate, misses(0.2))).toBeLessThanOrEqual(0.05);
  });

  it('an interval covers what is true in 95 % of experiments at least, on all days together', () => {
    const simulate = (run: number) => days(new Random('covered', run), { perDay: 150, rate: 0.2, lift: -0.15 });
    expect(shareOf(400, simulate, misses(-0.15))).toBeLessThanOrEqual(0.05);
  });

  it('values with few large ones among them raise no false alarms either', () => {
    const simulate = function* (run: number): Generator<Day> {
      const random = new Random('long tail', run);
      const arms = [[], []] as [Unit[], Unit[]];
      for (let day = 0; day < DAYS; day++) {
        for (let unit = 0; unit < 60; unit++) {
          for (const arm of arms) arm.push({ x: 1, y: random.chance(0.3) ? random.logNormal(20, 1) : 0 });
        }
        yield [sumOf(arms[0]), sumOf(arms[1])];
      }
    };
    expect(shareOf(100, simulate, isSignificant)).toBeLessThanOrEqual(0.05);
  });
});

describe('where whole markets are assigned', () => {
  it('markets that are alike differ significantly in 5 % of experiments at most, where people alone would mislead', () => {
    const simulate = (run: number) => marketDays(new Random('markets', run), 20);
    expect(shareOf(300, simulate, isSignificant)).toBeLessThanOrEqual(0.05);
    expect(shareOf(300, simulate, isSignificant, { ...RULES, expectedLift: 0.4 })).toBeLessThanOrEqual(0.05);
    expect(shareOf(300, simulate, seemsSignificant)).toBeGreaterThan(0.4);
  });

  it('so they do whatever lift was expected, with thirty markets an arm, the least that are compared', () => {
    const simulate = (run: number) => marketDays(new Random('few markets', run), 30);
    expect(shareOf(400, simulate, isSignificant, { ...RULES, expectedLift: 1 })).toBeLessThanOrEqual(0.05);
  });

  it('a real difference is found and covered', () => {
    const simulate = (run: number) => marketDays(new Random('better markets', run), 80, 0.8);
    const rules = { ...RULES, expectedLift: 0.4 };
    expect(shareOf(60, simulate, isSignificant, rules)).toBeGreaterThan(0.8);
    expect(shareOf(60, simulate, misses(0.8), rules)).toBeLessThanOrEqual(0.05);
  });
});
