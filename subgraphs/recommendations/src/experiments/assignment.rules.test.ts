import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleRatio } from './analysis/sample-ratio.rules.js';
import { type Assignable, assign, bucketOf, clusterOf, rampTo, shareOfTraffic } from './assignment.rules.js';

const START = new Date('2026-11-21T10:00:00Z');
const hoursLater = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);

const experiment = (changes: Partial<Assignable> = {}): Assignable => ({
  id: 'experiment-a',
  exclusionGroup: null,
  rangeFrom: 0,
  rangeTo: 10_000,
  ramp: [{ afterHours: 0, share: 10_000 }],
  rampFrom: START,
  variants: [
    { key: 'control', share: 5_000 },
    { key: 'learned', share: 3_000 },
    { key: 'explored', share: 2_000 },
  ],
  ...changes,
});
const units = (count: number, of = 'user') => Array.from({ length: count }, (_, index) => `${of}-${index}`);
const countsOf = (one: Assignable, all: readonly string[]) => {
  const counts = new Map<string | null, number>();
  for (const unit of all) {
    const variant = assign(one, unit, START);
    counts.set(variant, (counts.get(variant) ?? 0) + 1);
  }
  return counts;
};
/** So many standard deviations from what a share lets expect lies a count. */
const deviations = (count: number, total: number, share: number) =>
  Math.abs(count - total * share) / Math.sqrt(total * share * (1 - share));

describe('the hash', () => {
  it.each([
    ['variant', '01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-0000000000aa', 9945],
    ['traffic', '01990000-0000-7000-8000-000000000001', 'москва:01990000-0000-7000-8000-0000000000bb', 5064],
    ['group', 'ranking', '01990000-0000-7000-8000-0000000000aa', 5689],
  ] as const)('gives what SHA-256 gives elsewhere: %s of %s and %s', (purpose, seed, unit, bucket) => {
    expect(bucketOf(purpose, seed, unit)).toBe(bucket);
  });

  it('fills all places alike', () => {
    const counts = new Array<number>(100).fill(0);
    for (const unit of units(50_000)) {
      const tenth = Math.floor(bucketOf('variant', 'even', unit) / 100);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    // The 99.99 % quantile of 99 degrees of freedom.
    expect(chiSquare).toBeLessThan(158);
  });
});

describe('assignment', () => {
  it('gives a unit the same variant at any time', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ minLength: 1 }), fc.nat(10_000), (id, unit, hours) => {
        const one = experiment({ id });
        expect(assign(one, unit, hoursLater(hours))).toBe(assign(one, unit, START));
      }),
    );
  });

  it('hits the shares of variants within binomial bounds', () => {
    for (let index = 0; index < 8; index++) {
      const counts = countsOf(experiment({ id: `experiment-${index}` }), units(10_000));
      for (const { key, share } of experiment().variants) {
        expect(deviations(counts.get(key) ?? 0, 10_000, share / 10_000)).toBeLessThan(4.5);
      }
    }
  });

  it('of one experiment says nothing of another one', () => {
    const [one, other] = [experiment({ id: 'one' }), experiment({ id: 'other' })];
    const all = units(20_000);
    const pairs = new Map<string, number>();
    for (const unit of all) {
      const pair = `${assign(one, unit, START)} ${assign(other, unit, START)}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    let chiSquare = 0;
    for (const { key, share } of one.variants) {
      for (const second of other.variants) {
        const expected = (all.length * share * second.share) / 1e8;
        const count = pairs.get(`${key} ${second.key}`) ?? 0;
        chiSquare += (count - expected) ** 2 / expected;
      }
    }
    // The 99.99 % quantile of 8 degrees of freedom.
    expect(chiSquare).toBeLessThan(31.8);
  });

  it('adds units as the ramp grows, in the same shares, and moves none', () => {
    const ramp = [
      { afterHours: 0, share: 500 },
      { afterHours: 24, share: 2_000 },
      { afterHours: 72, share: 10_000 },
    ];
    const one = experiment({ ramp });
    const all = units(20_000);
    let before = new Map<string, string>();
    for (const [hours, share] of [
      [0, 0.05],
      [24, 0.2],
      [72, 1],
    ] as const) {
      const now = new Map(all.flatMap((unit) => toEntry(unit, assign(one, unit, hoursLater(hours)))));
      for (const [unit, variant] of before) expect(now.get(unit)).toBe(variant);
      if (share < 1) expect(deviations(now.size, all.length, share)).toBeLessThan(4.5);
      const control = [...now.values()].filter((variant) => variant === 'control').length;
      expect(deviations(control, now.size, 0.5)).toBeLessThan(4.5);
      before = now;
    }
    expect(before.size).toBe(all.length);
  });

  it('of experiments with ranges apart shares no unit, and together they have all', () => {
    const [first, second] = [
      experiment({ id: 'first', exclusionGroup: 'ranking', rangeTo: 4_000 }),
      experiment({ id: 'second', exclusionGroup: 'ranking', rangeFrom: 4_000 }),
    ];
    fc.assert(
      fc.property(fc.uuid(), (unit) => {
        const taken = [first, second].filter((one) => assign(one, unit, START) !== null);
        expect(taken).toHaveLength(1);
      }),
    );
    const inFirst = units(20_000).filter((unit) => assign(first, unit, START) !== null).length;
    expect(deviations(inFirst, 20_000, 0.4)).toBeLessThan(4.5);
  });

  it('takes nobody before the start', () => {
    expect(countsOf(experiment({ rampFrom: null }), units(100))).toEqual(new Map([[null, 100]]));
  });
});

describe('the ramp', () => {
  it('has the share of the step that was reached, in whatever order steps are told', () => {
    const ramp = [
      { afterHours: 24, share: 5_000 },
      { afterHours: 0, share: 100 },
    ];
    const shares = [-1, 0, 23.9, 24, 1_000].map((hours) =>
      shareOfTraffic({ ramp, rampFrom: START }, hoursLater(hours)),
    );
    expect(shares).toEqual([0, 100, 100, 5_000, 5_000]);
  });
});

describe('a share that is changed by hand', () => {
  const planned = [
    { afterHours: 0, share: 500 },
    { afterHours: 24, share: 2_000 },
    { afterHours: 72, share: 10_000 },
  ];
  const rampFrom = START;
  const changed = (hours: number, share: number, keepsSteps = true, ramp = planned) =>
    rampTo({ ramp, rampFrom }, hoursLater(hours), { share, keepsSteps });
  const sharesOf = (ramp: Assignable['ramp'] | null, hours: readonly number[]) =>
    hours.map((hour) => ramp && shareOfTraffic({ ramp, rampFrom }, hoursLater(hour)));

  it('holds from now on, and what is planned for later comes as far as it adds to it', () => {
    expect(sharesOf(changed(10, 5_000), [0, 9.9, 10, 24, 71.9, 72])).toEqual([500, 500, 5_000, 5_000, 5_000, 10_000]);
    expect(sharesOf(changed(10, 1_000), [10, 24])).toEqual([1_000, 2_000]);
    expect(sharesOf(changed(10, 5_000, false), [10, 1_000])).toEqual([5_000, 5_000]);
  });

  it('may be that of now, which holds the ramp, and no smaller one', () => {
    expect(sharesOf(changed(30, 2_000, false), [30, 1_000])).toEqual([2_000, 2_000]);
    expect(changed(30, 2_000)).toEqual(planned);
    expect(changed(30, 1_999)).toBeNull();
    expect(changed(72, 9_999)).toBeNull();
  });

  it('adds units and moves none, whenever and to whatever it is changed, however often', () => {
    const step = fc.record({ hours: fc.nat(100), add: fc.nat(4_000), keepsSteps: fc.boolean() });
    const all = units(300);
    fc.assert(
      fc.property(fc.uuid(), fc.array(step, { minLength: 1, maxLength: 6 }), (id, steps) => {
        let ramp: Assignable['ramp'] = planned;
        let hours = 0;
        let before = new Map<string, string>();
        for (const { hours: later, add, keepsSteps } of steps) {
          hours += later;
          const now = hoursLater(hours);
          const was = shareOfTraffic({ ramp, rampFrom }, now);
          const next = rampTo({ ramp, rampFrom }, now, { share: Math.min(10_000, was + add), keepsSteps });
          if (!next) throw new Error('A share that grows was refused');
          ramp = next;
          const one = experiment({ id, ramp });
          const after = new Map(all.flatMap((unit) => toEntry(unit, assign(one, unit, now))));
          for (const [unit, variant] of before) expect(after.get(unit)).toBe(variant);
          before = after;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the shares of variants as they are: units that come before and after it are balanced together', () => {
    const ramp = changed(10, 6_000, false);
    if (!ramp) throw new Error('A share that grows was refused');
    const one = experiment({ ramp });
    const count = (hours: number) => {
      const found = units(20_000).flatMap((unit) => assign(one, unit, hoursLater(hours)) ?? []);
      return one.variants.map(({ key }) => found.filter((variant) => variant === key).length);
    };
    const [first, then] = [count(9), count(10)];
    expect(first.every((before, index) => before * 5 < (then[index] ?? 0))).toBe(true);
    const shares = one.variants.map(({ share }) => share);
    expect([sampleRatio(first, shares).verdict, sampleRatio(then, shares).verdict]).toEqual(['BALANCED', 'BALANCED']);
  });
});

describe('a cluster', () => {
  it('is a city and a subject, or a subject online', () => {
    expect([clusterOf('казань', 'maths'), clusterOf(null, 'maths')]).toEqual(['казань:maths', 'online:maths']);
  });
});

function toEntry(unit: string, variant: string | null): [string, string][] {
  return variant === null ? [] : [[unit, variant]];
}
