import { newId } from '@tutorgraph/kit/database/id';
import { Broadcast } from './broadcast.js';
import type { RetryOptions, UpstreamRequest } from './upstream.js';

/** A broadcast that failed is not begun again for so long; meanwhile clients listen by themselves. */
const REST_MS = 30_000;

/** Every broadcast of this process. It outlives the graph that they were planned in. */
export class Broadcasts {
  private readonly open = new Map<string, Broadcast>();
  /** Until when those rest that failed. */
  private readonly resting = new Map<string, number>();

  constructor(private readonly retry: RetryOptions) {}

  /** How many broadcasts there are, each with one upstream subscription. */
  get size(): number {
    return this.open.size;
  }

  /** How many clients hear one. */
  get listeners(): number {
    return [...this.open.values()].reduce((sum, broadcast) => sum + broadcast.size, 0);
  }

  /**
   * The broadcast of one upstream operation, its variables and a language, begun behind `after` when there is none yet.
   *
   * @param request goes to the subgraph on the gateway's own behalf
   * @returns undefined where the plan allows none, and for a while after one has failed
   */
  find(request: UpstreamRequest, language: string): Broadcast | undefined {
    const { plan, variables } = request;
    if (!plan.broadcast) return undefined;
    const key = JSON.stringify([plan.subgraph, plan.broadcast.query, variables, language]);
    const known = this.open.get(key);
    if (known || this.rests(key)) return known;
    const broadcast = new Broadcast({
      request: { ...request, plan: { ...plan, upstream: plan.broadcast } },
      language,
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
