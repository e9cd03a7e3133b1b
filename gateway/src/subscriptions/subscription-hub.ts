import { createHash } from 'node:crypto';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import { SharedUpstream, type Subscriber } from './shared-upstream.js';
import type { RetryOptions, UpstreamRequest } from './upstream.js';

/** Every upstream subscription of this process. */
export class SubscriptionHub {
  private readonly shared = new Map<string, SharedUpstream>();
  private readonly own = new Set<SharedUpstream>();

  constructor(
    private readonly transports: ReadonlyMap<string, SubgraphTransport>,
    private readonly retry: RetryOptions,
  ) {}

  /** How many upstream subscriptions are open. */
  get size(): number {
    return this.shared.size + this.own.size;
  }

  /**
   * Starts to listen, to an upstream that is open already when one fits.
   *
   * @param rights names the viewer's rights; who has the same may share. Without it, or with a position to go on from,
   * the upstream is the subscriber's own.
   */
  join(request: UpstreamRequest, rights: string | undefined, subscriber: Subscriber): SharedUpstream {
    const mayShare = rights !== undefined && request.after === undefined;
    const key = mayShare ? shareKey(request, rights) : undefined;
    const upstream = (key !== undefined && this.shared.get(key)) || this.create(request, key);
    upstream.join(subscriber);
    return upstream;
  }

  private create(request: UpstreamRequest, key: string | undefined): SharedUpstream {
    const { subgraph } = request.plan;
    const transport = this.transports.get(subgraph);
    if (!transport) throw new Error(`The ${subgraph} subgraph has no address`);
    const upstream: SharedUpstream = new SharedUpstream(request, transport, this.retry, () => {
      if (key === undefined) this.own.delete(upstream);
      else this.shared.delete(key);
    });
    if (key === undefined) this.own.add(upstream);
    else this.shared.set(key, upstream);
    return upstream;
  }
}

function shareKey({ plan, variables }: UpstreamRequest, rights: string): string {
  const { query } = plan.upstream;
  return createHash('sha256')
    .update(JSON.stringify([plan.subgraph, query, variables, rights]))
    .digest('base64url');
}
