import { createHash } from 'node:crypto';
import { SharedUpstream, type Subscriber } from './shared-upstream.js';
import type { RetryOptions, UpstreamRequest } from './upstream.js';

/** Every upstream subscription of this process. It outlives the graph that they were planned in. */
export class SubscriptionHub {
  private readonly open = new Set<SharedUpstream>();
  private readonly shared = new Map<string, SharedUpstream>();

  constructor(private readonly retry: RetryOptions) {}

  /** How many upstream subscriptions are open. */
  get size(): number {
    return this.open.size;
  }

  /**
   * Starts to listen, to an upstream that is open already when one fits. One that goes on from a position fits who goes on
   * from the same, until it has spoken: so clients that come back together, after a restart, share again.
   *
   * @param rights names the viewer's rights; who has the same may share. Without it the upstream is the subscriber's own.
   */
  join(request: UpstreamRequest, rights: string | undefined, subscriber: Subscriber): SharedUpstream {
    const key = rights === undefined ? undefined : shareKey(request, rights);
    const known = key === undefined ? undefined : this.shared.get(key);
    const fits = known && (request.after === undefined || known.isFresh);
    const upstream = fits ? known : this.create(request, key);
    if (fits) upstream.moveTo(request.transport);
    upstream.join(subscriber);
    return upstream;
  }

  private create(request: UpstreamRequest, key: string | undefined): SharedUpstream {
    const upstream: SharedUpstream = new SharedUpstream(request, this.retry, () => {
      this.open.delete(upstream);
      if (key !== undefined && this.shared.get(key) === upstream) this.shared.delete(key);
    });
    this.open.add(upstream);
    if (key !== undefined) this.shared.set(key, upstream);
    return upstream;
  }
}

function shareKey({ plan, variables, after }: UpstreamRequest, rights: string): string {
  const { query } = plan.upstream;
  return createHash('sha256')
    .update(JSON.stringify([plan.subgraph, query, variables, after, rights]))
    .digest('base64url');
}
