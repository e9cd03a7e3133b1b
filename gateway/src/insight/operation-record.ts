import type { ExecutionResult } from 'graphql';

/** How a fetch ended. */
type FetchOutcome = 'ok' | 'errors' | 'unreachable';

/** One fetch of an operation that was sent. Times are in milliseconds, of which the first is since the operation began. */
export interface FetchRecord {
  readonly subgraph: string;
  readonly query: string;
  readonly startedMs: number;
  durationMs: number | undefined;
  outcome: FetchOutcome | undefined;
}

/**
 * What need not be asked of a subgraph: a fetch whose like was on its way (`sharing`), one that went together with another
 * (`merging`), or an entity that stands at several places of the result and is asked for once (`deduplication`).
 */
export type SavingKind = 'sharing' | 'merging' | 'deduplication';

/** So many fetches or entities that were not asked for. */
export interface Saving {
  readonly subgraph: string;
  readonly kind: SavingKind;
  readonly count: number;
}

/** What one operation does and how long that takes, for metrics, logs and traces. It holds no variables and no data. */
export class OperationRecord {
  /** As `performance.now()` tells it. */
  readonly startedAt = performance.now();
  readonly fetches: FetchRecord[] = [];
  readonly savings: Saving[] = [];
  /** When the plan was asked for and had, in milliseconds since the operation began. */
  planning: { startedMs: number; endedMs: number } | undefined;
  /** What it may cost, once that was estimated. */
  cost: number | undefined;
  /** Names the span under which fetches are made, as W3C Trace Context has it; undefined when nobody traces. */
  traceparent: string | undefined;

  /** Milliseconds since the operation began. */
  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  /** Finds the plan, and remembers how long that took. */
  plan<Plan>(find: () => Plan): Plan {
    const startedMs = this.elapsedMs;
    const plan = find();
    this.planning = { startedMs, endedMs: this.elapsedMs };
    return plan;
  }

  /** Sends a fetch, and remembers how long it took and how it ended. */
  async fetch(subgraph: string, query: string, send: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
    const startedMs = this.elapsedMs;
    const fetch: FetchRecord = { subgraph, query, startedMs, durationMs: undefined, outcome: undefined };
    this.fetches.push(fetch);
    try {
      const result = await send();
      fetch.outcome = result.errors ? 'errors' : 'ok';
      return result;
    } catch (error) {
      fetch.outcome = 'unreachable';
      throw error;
    } finally {
      fetch.durationMs = this.elapsedMs - startedMs;
    }
  }

  /** Notes what was not asked for. */
  saved(subgraph: string, kind: SavingKind, count: number): void {
    if (count > 0) this.savings.push({ subgraph, kind, count });
  }
}
