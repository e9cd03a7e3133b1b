import { newId } from '@tutorgraph/kit/database/id';
import type { GraphExecutor } from '../execution/graph-executor.js';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import { Broadcast } from './broadcast.js';
import type { RetryOptions, UpstreamRequest } from './upstream.js';

/** By what the gateway asks for itself. */
export interface OwnBehalf {
  /** The way to each subgraph under the gateway's own token. */
  transports: ReadonlyMap<string, SubgraphTransport>;
  /** Runs plans over them. */
  executor: GraphExecutor;
}

/** A broadcast that failed is not begun again for so long; meanwhile clients listen by themselves. */
const REST_MS = 30_000;

/** Every broadcast of this process. */
export class Broadcasts {
  private readonly open = new Map<string, Broadcast>();
  /** Until when those rest that failed. */
  private readonly resting = new Map<string, number>();

  constructor(
    private readonly own: OwnBehalf,
    private readonly retry: RetryOptions,
  ) {}

  /** How many broadcasts there are, each with one upstream subscription. */
  get size(): number {
    return this.open.size;
  }

  /** How many clients hear one. */
  get listeners(): number {
    return [...this.open.values()].reduce((sum, broadcast) => sum + broadcast.size, 0);
  }

  /** Runs the plans of answers that many share. */
  get executor(): GraphExecutor {
    return this.own.executor;
  }

  /**
   * The broadcast of one upstream operation, its variables and a language, begun behind `after` when there is none yet.
   *
   * @returns undefined where the plan allows none, and for a while after one has failed
   */
  find({ plan, variables }: UpstreamRequest, language: string, after: string | undefined): Broadcast | undefined {
    const transport = this.own.transports.get(plan.subgraph);
    if (!plan.broadcast || !transport) return undefined;
    const key = JSON.stringify([plan.subgraph, plan.broadcast.query, variables, language]);
    const known = this.open.get(key);
    if (known || this.rests(key)) return known;
    const broadcast = new Broadcast({
      request: { plan: { ...plan, upstream: plan.broadcast }, variables, after },
      language,
      transport,
      retry: this.retry,
      requestId: newId(),
      onEnd: (hasFailed) => {
        this.open.delete(key);
        if (hasFailed) this.resting.set(key, performance.now() + REST_MS);
      },
    });
    this.open.set(key, broadcast);
    return broadcast;
  }

  private rests(key: string): boolean {
    const now = performance.now();
    for (const [name, until] of this.resting) {
      // In the order in which they failed.
      if (until > now) break;
      this.resting.delete(name);
    }
    return this.resting.has(key);
  }
}
