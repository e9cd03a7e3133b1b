import type { Random } from '@tutorgraph/kit/demo/random';
import {
  estimate,
  type Lift,
  type LiftRules,
  liftOf,
  type Moments,
} from '@tutorgraph/recommendations/experiments/analysis/sequential.rules';

/** How lifts are judged unless it is said otherwise. */
export const RULES: LiftRules = { alpha: 0.05, expectedLift: 0.1 };
/** So many days are looked at. */
export const DAYS = 21;

const nothing = (): Moments => ({ units: 0, x: 0, xx: 0, y: 0, yy: 0, xy: 0 });

/** A unit: how many people it has, and what was counted of them. */
export interface Unit {
  x: number;
  y: number;
}

/** What is known of some units together. */
export function sumOf(units: readonly Unit[]): Moments {
  const total = nothing();
  for (const { x, y } of units) {
    total.units += 1;
    total.x += x;
    total.xx += x * x;
    total.y += y;
    total.yy += y * y;
    total.xy += x * y;
  }
  return total;
}

/** What one looks at after each day: control and variant. */
export type Day = readonly [Moments, Moments];

/** People come every day, and convert on that day or on one of the next ones. */
export function* days(random: Random, { perDay, rate, lift = 0, share = 0.5 }: Simulated): Generator<Day> {
  const arms = [nothing(), nothing()] as const;
  const later = Array.from({ length: DAYS }, () => [0, 0]);
  for (let day = 0; day < DAYS; day++) {
    for (let unit = 0; unit < perDay; unit++) {
      const arm = random.chance(share) ? 1 : 0;
      arms[arm].units += 1;
      arms[arm].x += 1;
      arms[arm].xx += 1;
      if (!random.chance(arm === 1 ? rate * (1 + lift) : rate)) continue;
      const converting = later[day + Math.floor(Math.log(1 - random.next()) / Math.log(0.7))];
      if (converting) converting[arm] = (converting[arm] ?? 0) + 1;
    }
    for (const arm of [0, 1] as const) {
      const converted = later[day]?.[arm] ?? 0;
      arms[arm].y += converted;
      arms[arm].yy += converted;
      arms[arm].xy += converted;
    }
    yield arms;
  }
}

/** How people come and convert. */
export interface Simulated {
  perDay: number;
  rate: number;
  lift?: number;
  share?: number;
}

/** Markets of very different sizes and habits, each wholly in one arm; people come to them every day. */
export function* marketDays(random: Random, count: number, lift = 0): Generator<Day> {
  const markets = Array.from({ length: count * 2 }, (_, index) => ({
    arm: index % 2,
    perDay: random.logNormal(2, 1),
    rate: Math.min(0.9, random.logNormal(0.1, 0.5)) * (index % 2 === 1 ? 1 + lift : 1),
    x: 0,
    y: 0,
  }));
  for (let day = 0; day < DAYS; day++) {
    for (const market of markets) {
      const people = Math.floor(2 * market.perDay * random.next() + random.next());
      for (let person = 0; person < people; person++) market.y += Number(random.chance(market.rate));
      market.x += people;
    }
    const open = markets.filter(({ x }) => x > 0);
    yield [sumOf(open.filter(({ arm }) => arm === 0)), sumOf(open.filter(({ arm }) => arm === 1))];
  }
}

/** In how many of the runs something holds on one of the days. */
export function shareOf(
  runs: number,
  simulate: (run: number) => Iterable<Day>,
  holds: (lift: Lift, day: Day) => boolean,
  rules: LiftRules = RULES,
): number {
  let found = 0;
  for (let run = 0; run < runs; run++) {
    let isFound = false;
    for (const day of simulate(run)) {
      const [control, variant] = day.map(estimate);
      const lift = control && variant ? liftOf(variant, control, rules) : null;
      if (lift && holds(lift, day)) isFound = true;
    }
    found += Number(isFound);
  }
  return found / runs;
}

/** Would one say that there is a difference? */
export const isSignificant = ({ pValue }: Lift): boolean => pValue < RULES.alpha;
/** Does the interval leave out what is true? */
export const misses =
  (truth: number) =>
  ({ lower, upper }: Lift): boolean =>
    lower > truth || upper < truth;

/** As a test says that is meant for one look, on people whatever their market. */
export const seemsSignificant = (_: Lift, day: Day): boolean => {
  const [control, variant] = day.map(({ x, y }) => ({ mean: y / x, variance: ((y / x) * (1 - y / x)) / x }));
  if (!(control && variant)) return false;
  return Math.abs(variant.mean - control.mean) / Math.sqrt(control.variance + variant.variance) > 1.96;
};
