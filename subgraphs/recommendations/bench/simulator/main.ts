/*
 * `npm run bench:ranker`: the learned ranking beside sorting by rating and the hand-made model in simulated markets, and
 * how sure one can be of the difference. Prints figures; a goal that is missed is a figure like any other. See README.md.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Interval, intervalOf } from './intervals.ts';
import { FOLLOWED_DAYS } from './learning.ts';
import { type ArmName, armNames, type SeedFigures, USUAL_PLAN } from './run-seed.ts';
import type { Said } from './seed-worker.ts';

const SEEDS = Number(process.argv[2] ?? 20);
const TITLES: Record<ArmName, string> = {
  RATING: 'sorted by rating',
  HAND_MADE: 'hand-made model',
  LEARNED: 'learned model',
  TRUTH: 'knowing the truth',
};
const RIVALS = ['RATING', 'HAND_MADE'] as const;

if (!Number.isInteger(SEEDS) || SEEDS < 2) throw new RangeError('Give a number of seeds from 2 on, or none for 20');
const began = performance.now();
const found = await runAll();
process.stdout.write(`${report(found).join('\n')}\n`);

/** Runs all seeds, as many at a time as there are processors. */
async function runAll(): Promise<SeedFigures[]> {
  const waiting = Array.from({ length: SEEDS }, (_, index) => index + 1);
  const figures: SeedFigures[] = [];
  const work = async () => {
    const worker = new Worker(new URL('./seed-worker.ts', import.meta.url));
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const one = await ask(worker, seed);
      figures.push(one);
      process.stderr.write(`${progress(one, figures.length)}\n`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(SEEDS, availableParallelism()) }, work));
  return figures.toSorted((one, other) => one.seed - other.seed);
}

function ask(worker: Worker, seed: number): Promise<SeedFigures> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The worker of seed ${seed} ended with ${code}`)));
    worker.on('message', (said: Said) => {
      if ('figures' in said) resolve(said.figures);
    });
    worker.postMessage(seed);
  });
}

function progress({ seed, ndcg, matches }: SeedFigures, done: number): string {
  const figures = armNames.map((name) => `${ndcg[name].toFixed(3)}/${matches[name].toFixed(1)}`).join('  ');
  const seconds = Math.round((performance.now() - began) / 1000);
  return `${done}/${SEEDS}  seed ${seed}  ${figures}  (${seconds} s)`;
}

function report(all: readonly SeedFigures[]): string[] {
  const { size, loggedDays, testedDays, judgedOrders } = USUAL_PLAN;
  const of = (figure: 'ndcg' | 'matches', name: ArmName) => all.map((one) => one[figure][name]);
  const difference = (figure: 'ndcg' | 'matches', rival: ArmName) =>
    intervalOf(all.map((one) => one[figure].LEARNED - one[figure][rival]));
  return [
    `${all.length} simulated markets of ${size.tutors} tutors and ${size.orders} orders a day, mean and 95 % interval`,
    `learned from ${(loggedDays - FOLLOWED_DAYS) * size.orders} lists of the hand-made model; ${judgedOrders} fresh orders judged, ${testedDays * size.orders} lived`,
    '',
    line(['', 'NDCG@10', 'matches of 100 orders']),
    ...armNames.map((name) =>
      line([TITLES[name], told(intervalOf(of('ndcg', name)), 3), told(intervalOf(of('matches', name)), 1)]),
    ),
    '',
    line(['learned less …, in pairs', '', '']),
    ...RIVALS.map((rival) =>
      line([TITLES[rival], told(difference('ndcg', rival), 3), told(difference('matches', rival), 1)]),
    ),
    '',
    ...RIVALS.flatMap((rival) =>
      (['ndcg', 'matches'] as const).map((figure) => goal(figure, rival, difference(figure, rival))),
    ),
    `${Math.round((performance.now() - began) / 1000)} s`,
  ];
}

function goal(figure: 'ndcg' | 'matches', rival: ArmName, { low }: Interval): string {
  const what = figure === 'ndcg' ? 'NDCG@10' : 'matches';
  return `${low > 0 ? 'met   ' : 'MISSED'}  goal: ${what} better than "${TITLES[rival]}" with 95 % confidence`;
}

function told({ mean, low, high }: Interval, digits: number): string {
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

function line([title = '', ...cells]: readonly string[]): string {
  return [title.padEnd(26), ...cells.map((cell) => cell.padStart(24))].join('').trimEnd();
}
