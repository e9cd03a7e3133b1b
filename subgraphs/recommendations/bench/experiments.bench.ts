import { Random } from '@tutorgraph/kit/demo/random';
import { sampleRatio } from '@tutorgraph/recommendations/experiments/analysis/sample-ratio.rules';
import {
  DAYS,
  days,
  isSignificant,
  marketDays,
  misses,
  RULES,
  type Simulated,
  seemsSignificant,
  shareOf,
} from './simulated-experiments.ts';

const RUNS = 1_000;
const ALPHA = 'goal ≤ 5 %';

/** How often experiments that are looked at every day say what is not so, and how soon what is. */
export async function bench(): Promise<void> {
  print(`${RUNS} simulated experiments each, looked at on all of ${DAYS} days`);
  for (const expectedLift of [0.1, 0.5]) printPeople({ ...RULES, expectedLift });
  for (const markets of [30, 60]) printMarkets(markets);
  print(
    `shares of units: false alarms ${percent(alarms(0.5))} (goal ≤ 0.1 %), 53 to 47 found ${percent(alarms(0.53))}`,
  );
}

function printPeople(rules: typeof RULES): void {
  const simulate = (changes: Partial<Simulated>) => (run: number) =>
    days(new Random('bench', run), { perDay: 200, rate: 0.1, ...changes });
  const better = simulate({ perDay: 1_000, lift: 0.2 });
  print(`people, expected lift ${rules.expectedLift}:`);
  print(`  alike, significant: ${percent(shareOf(RUNS, simulate({}), isSignificant, rules))} (${ALPHA})`);
  print(`  alike, by a test for one look: ${percent(shareOf(RUNS, simulate({}), seemsSignificant, rules))}`);
  print(`  20 % better than 10 % of 10,500, found: ${percent(shareOf(RUNS, better, isSignificant, rules))}`);
  print(`  its interval left out what is true: ${percent(shareOf(RUNS, better, misses(0.2), rules))} (${ALPHA})`);
}

function printMarkets(markets: number): void {
  const simulate = (run: number) => marketDays(new Random('bench of markets', run), markets);
  print(`${markets} markets a variant:`);
  for (const expectedLift of [0.1, 1]) {
    const share = shareOf(RUNS, simulate, isSignificant, { ...RULES, expectedLift });
    print(`  alike, significant, expected lift ${expectedLift}: ${percent(share)} (${ALPHA})`);
  }
  print(`  alike, by a test for one look at people: ${percent(shareOf(RUNS, simulate, seemsSignificant))}`);
}

/** In which part of the runs units are found to come in other shares than halves. */
function alarms(share: number): number {
  let alarmed = 0;
  for (let run = 0; run < RUNS; run++) {
    const random = new Random('bench of shares', run);
    const counts = [0, 0];
    let isAlarmed = false;
    for (let day = 0; day < DAYS; day++) {
      for (let unit = 0; unit < 450; unit++) {
        const arm = Number(random.chance(share));
        counts[arm] = (counts[arm] ?? 0) + 1;
      }
      isAlarmed ||= sampleRatio(counts, [1, 1]).verdict === 'MISMATCHED';
    }
    alarmed += Number(isAlarmed);
  }
  return alarmed / RUNS;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
