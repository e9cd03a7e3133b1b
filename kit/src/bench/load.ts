/** How much one round may do. */
export interface RoundLimits {
  /** No call begins after so many milliseconds. */
  ms: number;
  /** Calls at a time. */
  concurrency: number;
  /** Calls that may begin. */
  mostCalls: number;
}

/** What one round took. */
export interface Round {
  /** Milliseconds of each call. */
  times: number[];
  /** Milliseconds from the first call's begin to the last one's end. */
  elapsedMs: number;
}

/** Something that can be done again and again while it is timed. */
export interface Load {
  round(limits: RoundLimits): Promise<Round>;
}

/** One call. `index` counts all calls of the load from 0; `lane` tells apart the calls of one moment. */
export type Call = (index: number, lane: number) => unknown;

/**
 * A load of calls in this thread. Hand-written: the libraries (tinybench, mitata) measure one task after the other and
 * tell rates from latencies, while here the peer takes turns with what it stands beside, and calls overlap.
 */
export function repeat(call: Call): Load {
  let index = 0;
  return {
    async round({ ms, concurrency, mostCalls }) {
      const times: number[] = [];
      const startedAt = performance.now();
      const end = index + mostCalls;
      const lane = async (number: number): Promise<void> => {
        while (index < end) {
          const begin = performance.now();
          if (begin - startedAt >= ms) return;
          const result = call(index++, number);
          if (result instanceof Promise) await result;
          times.push(performance.now() - begin);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, (_, number) => lane(number)));
      return { times, elapsedMs: performance.now() - startedAt };
    },
  };
}
