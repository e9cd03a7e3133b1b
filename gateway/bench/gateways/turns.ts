import { figuresOf } from '@tutorgraph/kit/bench/figures';
import { type HttpLoad, requests } from '@tutorgraph/kit/bench/http-load';
import type { Child } from './child.ts';

/** Something that answers one query, and the processes that work for it. */
export interface Runner<Name extends string = string> {
  name: Name;
  children: readonly Child[];
  load: HttpLoad;
}

/** What one runner did, the median of its rounds. */
export interface Speed {
  perSecond: number;
  /** Requests that a second of their processor time was enough for: on a shared machine the figure that counts. */
  perCpuSecond: number;
  p95: number;
}

const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 1_500;
/**
 * The engine compiles what is hot in threads of its own, whose time counts as well: at first up to half as much as that of the requests
 * themselves, and hardly anything after some twenty thousand of them.
 */
const WARM_UP_MS = 12_000;
const NO_END = Number.POSITIVE_INFINITY;

/** Requests of one body to one address, from a thread of this process. */
export function loadOf(url: string, body: string, answer: string): HttpLoad {
  return requests({ url, headers: { 'content-type': 'application/json' }, body, answerLength: answer.length });
}

/** Warms all up, then lets them take turns, so that whatever else the machine does meets all alike. */
export async function takeTurns<Name extends string>(runners: readonly Runner<Name>[]): Promise<Map<Name, Speed>> {
  for (const { load } of runners) await load.round({ ms: WARM_UP_MS, concurrency: CONNECTIONS, mostCalls: NO_END });
  const rounds = new Map<Name, Speed[]>(runners.map(({ name }) => [name, []]));
  for (let count = 0; count < ROUNDS; count += 1) {
    for (const runner of runners) rounds.get(runner.name)?.push(await oneRound(runner));
  }
  return new Map([...rounds].map(([name, speeds]) => [name, medianOf(speeds)]));
}

async function oneRound({ children, load }: Runner): Promise<Speed> {
  const before = await cpuMs(children);
  const round = await load.round({ ms: ROUND_MS, concurrency: CONNECTIONS, mostCalls: NO_END });
  const used = (await cpuMs(children)) - before;
  const { p95, perSecond, calls } = figuresOf([round]);
  return { p95, perSecond, perCpuSecond: (calls / used) * 1_000 };
}

async function cpuMs(children: readonly Child[]): Promise<number> {
  const used = await Promise.all(children.map((child) => child.ask('cpuMs')));
  return used.reduce((sum, ms) => sum + ms, 0);
}

function medianOf(speeds: readonly Speed[]): Speed {
  const median = (figure: keyof Speed): number => {
    const sorted = speeds.map((speed) => speed[figure]).toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return { p95: median('p95'), perSecond: median('perSecond'), perCpuSecond: median('perCpuSecond') };
}
