import type { Round } from './load.js';

/** What all rounds of a load say together. */
export interface Figures {
  /** Milliseconds that half of the calls took at most. */
  p50: number;
  /** Milliseconds that 95 of 100 calls took at most. */
  p95: number;
  /** Milliseconds that 99 of 100 calls took at most. */
  p99: number;
  perSecond: number;
  calls: number;
}

/** @throws Error when nothing was called */
export function figuresOf(rounds: readonly Round[]): Figures {
  const times = Float64Array.from(rounds.flatMap((round) => round.times)).sort();
  const elapsedMs = rounds.reduce((sum, round) => sum + round.elapsedMs, 0);
  if (times.length === 0) throw new Error('Nothing was measured: no call came to an end');
  return {
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    p99: percentile(times, 99),
    perSecond: (times.length / elapsedMs) * 1_000,
    calls: times.length,
  };
}

/** The nearest rank: the smallest time that so many per cent of the calls did not exceed. */
function percentile(sorted: Float64Array, percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
