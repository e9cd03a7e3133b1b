import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import { type RetryOptions, Upstream, type UpstreamListener, type UpstreamRequest } from './upstream.js';
import { greetingAt, isGreeting, type UpstreamEvent } from './upstream-event.js';

/** One who listens, and on whose behalf the upstream may ask. */
export interface Subscriber extends UpstreamListener {
  /** What its client proves itself with now. */
  metadata(): RequestMetadata;
  /** When that ends, in seconds since 1970; undefined when it does not end. */
  expiresAt(): number | undefined;
}

/** One upstream subscription and all who listen to it. All of them have the same rights. */
export class SharedUpstream {
  private readonly subscribers = new Set<Subscriber>();
  private readonly upstream: Upstream;
  private greeting: UpstreamEvent | undefined;
  private cursor: string | undefined;
  private hasSpoken = false;

  /** @param onEnd called once when it has ended or the last subscriber has left */
  constructor(
    private readonly request: UpstreamRequest,
    retry: RetryOptions,
    private readonly onEnd: () => void,
  ) {
    const listener = {
      event: (event: UpstreamEvent) => this.pass(event),
      end: (error: unknown) => this.end(error),
    };
    this.upstream = new Upstream(request, () => this.longestCredential(), listener, retry);
  }

  /** Starts to listen; who comes late hears the current position at once. */
  join(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
    if (this.subscribers.size === 1) {
      this.upstream.open();
    } else if (this.greeting && this.cursor !== undefined) {
      subscriber.event(greetingAt(this.request.plan, this.greeting, this.cursor));
    }
  }

  /** Stops to listen; the last one ends the upstream at once. */
  leave(subscriber: Subscriber): void {
    if (!this.subscribers.delete(subscriber) || this.subscribers.size > 0) return;
    this.upstream.close();
    this.onEnd();
  }

  /** Nothing has come from it yet: who joins now misses nothing. */
  get isFresh(): boolean {
    return !this.hasSpoken;
  }

  /** Goes on over another way to the subgraph. */
  moveTo(transport: SubgraphTransport): void {
    this.upstream.moveTo(transport);
  }

  /** A subscriber's token was renewed. */
  renew(): void {
    this.upstream.renew();
  }

  private pass(event: UpstreamEvent): void {
    this.hasSpoken = true;
    if (!this.greeting && isGreeting(this.request.plan, event)) this.greeting = event;
    this.cursor = event.cursor;
    for (const subscriber of [...this.subscribers]) subscriber.event(event);
  }

  private end(error: unknown): void {
    const subscribers = [...this.subscribers];
    this.subscribers.clear();
    this.onEnd();
    for (const subscriber of subscribers) subscriber.end(error);
  }

  /** Whose token lasts longest: with it the upstream outlives the others' tokens. */
  private longestCredential(): RequestMetadata {
    const [first, ...others] = this.subscribers;
    if (!first) throw new Error('An upstream without subscribers asks for a credential');
    const lasting = others.reduce((best, next) => (lastsUntil(next) > lastsUntil(best) ? next : best), first);
    return lasting.metadata();
  }
}

function lastsUntil(subscriber: Subscriber): number {
  return subscriber.expiresAt() ?? Number.POSITIVE_INFINITY;
}
