import type { Figures } from './figures.js';

/** What a figure should be. Missing it is marked in the table; it fails nothing, because machines differ. */
export interface Goal {
  /** As it stands in the table. */
  text: string;
  /** What the peer is compared by. */
  by: 'time' | 'rate';
  isMet(own: Figures, peer: Figures): boolean;
}

/** 95 of 100 calls take at most so many milliseconds. */
export function p95Within(ms: number): Goal {
  return { text: `p95 ≤ ${ms} ms`, by: 'time', isMet: (own) => own.p95 <= ms };
}

/** 99 of 100 calls take at most so many milliseconds. */
export function p99Within(ms: number): Goal {
  return { text: `p99 ≤ ${ms} ms`, by: 'time', isMet: (own) => own.p99 <= ms };
}

/** Half of the calls take at most so many times what half of the peer's take. */
export function timesOfPeer(times: number): Goal {
  return {
    text: `p50 ≤ ${times} × the peer's`,
    by: 'time',
    isMet: (own, peer) => ratioToPeer('time', own, peer) <= times,
  };
}

/** At least this share of the calls a second that the peer does. */
export function shareOfPeer(share: number): Goal {
  return {
    text: `rate ≥ ${share} × the peer's`,
    by: 'rate',
    isMet: (own, peer) => ratioToPeer('rate', own, peer) >= share,
  };
}

/** So many calls a second. */
export function perSecond(calls: number): Goal {
  return {
    text: `≥ ${calls.toLocaleString('en')} /s`,
    by: 'rate',
    isMet: (own) => own.perSecond >= calls,
  };
}

/** How many times the peer's median time, or the peer's rate. */
export function ratioToPeer(by: Goal['by'], own: Figures, peer: Figures): number {
  return by === 'time' ? own.p50 / peer.p50 : own.perSecond / peer.perSecond;
}
