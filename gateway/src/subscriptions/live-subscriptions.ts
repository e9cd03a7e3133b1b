import type { RunningGraph } from '../graph/running-graph.js';
import { inTurns } from '../scheduling/turns.js';
import { Broadcasts } from './broadcasts.js';
import type { ClientSubscription, SubscriptionEnding } from './client-subscription.js';
import type { EventFeed } from './event-feed.js';
import { type SubscriptionBinding, unavailable } from './subscription-binding.js';
import type { SubscriptionClient, SubscriptionExecutor, SubscriptionRequest } from './subscription-executor.js';
import { SubscriptionHub } from './subscription-hub.js';
import { SubscriptionCounts, type SubscriptionLimits } from './subscription-limits.js';
import type { RetryOptions } from './upstream.js';

/** One running subscription, as its client asked for it. */
export interface LiveSubscription {
  request: SubscriptionRequest;
  client: SubscriptionClient;
  /** The field that it subscribes to. */
  field: string;
  results: ClientSubscription;
}

/** Told of each subscription that is over. */
export type SubscriptionEnded = (field: string, ending: SubscriptionEnding) => void;

/** Every subscription of this process's clients, whatever graph it began on, and what feeds them. */
export class LiveSubscriptions {
  readonly hub: SubscriptionHub;
  readonly broadcasts: Broadcasts;
  /** Upstream subscriptions that are open. */
  readonly upstreams: { readonly size: number };
  private readonly running = new Map<EventFeed, LiveSubscription>();
  private readonly counts: SubscriptionCounts;
  /** The graph that they were moved to last. */
  private graph: RunningGraph | undefined;

  constructor(
    limits: SubscriptionLimits,
    retry: RetryOptions,
    private readonly onEnded: SubscriptionEnded = () => {},
  ) {
    this.counts = new SubscriptionCounts(limits);
    this.hub = new SubscriptionHub(retry);
    this.broadcasts = new Broadcasts(retry);
    const { hub, broadcasts } = this;
    this.upstreams = {
      get size() {
        return hub.size + broadcasts.size;
      },
    };
  }

  /** All that run now. */
  all(): Iterable<LiveSubscription> {
    return this.running.values();
  }

  /** How many there are. */
  get size(): number {
    return this.running.size;
  }

  /** @throws GraphQLError when there are too many */
  add(feed: EventFeed, subscription: LiveSubscription): void {
    this.counts.begin(subscription.client.owner);
    this.running.set(feed, subscription);
  }

  /**
   * What a subscription that begins is in the graph that runs, which may have been replaced since it was read.
   *
   * @param executor of the graph that it was read in
   * @throws GraphQLError when its variables do not fit, or when that graph does not have it
   */
  bind(executor: SubscriptionExecutor, request: SubscriptionRequest, client: SubscriptionClient): SubscriptionBinding {
    const { graph } = this;
    if (!graph || graph.subscriptions === executor) return executor.bind(request, client);
    return rebind(graph, request, client);
  }

  /** It is over. */
  delete(feed: EventFeed, ending: SubscriptionEnding): void {
    const subscription = this.running.get(feed);
    if (!subscription) return;
    this.running.delete(feed);
    this.counts.end(subscription.client.owner);
    this.onEnded(subscription.field, ending);
  }

  /**
   * Lets all that runs go on in another graph: untouched where it asks the same upstream, restarted behind its last event
   * where not, ended with `SUBSCRIPTION_UNAVAILABLE` where the graph does not have it any more.
   */
  async moveTo(graph: RunningGraph): Promise<void> {
    this.graph = graph;
    await inTurns([...this.running.keys()], (feed) => {
      const subscription = this.running.get(feed);
      if (subscription && this.graph === graph) move(feed, subscription, graph);
    });
  }
}

function move(feed: EventFeed, { request, client }: LiveSubscription, graph: RunningGraph): void {
  try {
    feed.adopt(rebind(graph, request, client));
  } catch {
    // It is not valid any more, its variables do not fit, or it can be planned no longer.
    feed.refuse();
  }
}

function rebind(graph: RunningGraph, request: SubscriptionRequest, client: SubscriptionClient): SubscriptionBinding {
  const read = graph.documents.reread(request.document);
  if (!('document' in read)) throw unavailable();
  return graph.subscriptions.bind({ ...request, ...read }, client);
}
