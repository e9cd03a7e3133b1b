import { type Figures, figuresOf } from './figures.js';
import { type Goal, ratioToPeer } from './goal.js';
import type { Load, Round, RoundLimits } from './load.js';

/** One figure, and what it stands beside. */
export interface Comparison {
  name: string;
  load: Load;
  /** The same work without what is measured, or the limit of what is below it; measured in turns with `load`. */
  peer: { name: string; load: Load };
  goal: Goal;
  /** Calls at a time, of both. @default 1 */
  concurrency?: number;
  /** How long each of both is called, warming up aside. @default 2000 */
  ms?: number;
  /** Calls that each of both can bear, warming up included. @default no end */
  mostCalls?: number;
}

/** Measures one comparison and puts it into the table. A bench file is given this. */
export type Compare = (comparison: Comparison) => Promise<void>;

/** A line of the table. */
export interface Entry {
  name: string;
  concurrency: number;
  own: Figures;
  peer: Figures & { name: string };
  goal: string;
  isMet: boolean;
  /** How many times the peer's median time, or the peer's rate. */
  ratio: number;
  by: Goal['by'];
}

const ROUNDS = 5;
const WARM_UP_MS = 400;

/** Warms both up, then lets them take turns, so that whatever else the machine does meets both alike. */
export async function measure(comparison: Comparison): Promise<Entry> {
  const { name, load, peer, goal, concurrency = 1, ms = 2_000, mostCalls = Number.POSITIVE_INFINITY } = comparison;
  const limits = { concurrency, mostCalls: Math.floor(mostCalls / (ROUNDS + 1)) };
  const turn = async (roundMs: number): Promise<[Round, Round]> => {
    const bounds: RoundLimits = { ...limits, ms: roundMs };
    return [await load.round(bounds), await peer.load.round(bounds)];
  };
  await turn(Math.min(WARM_UP_MS, ms));
  const turns: [Round, Round][] = [];
  for (let count = 0; count < ROUNDS; count++) turns.push(await turn(ms / ROUNDS));
  const own = figuresOf(turns.map(([round]) => round));
  const peers = figuresOf(turns.map(([, round]) => round));
  return {
    name,
    concurrency,
    own,
    peer: { name: peer.name, ...peers },
    goal: goal.text,
    isMet: goal.isMet(own, peers),
    ratio: ratioToPeer(goal.by, own, peers),
    by: goal.by,
  };
}
