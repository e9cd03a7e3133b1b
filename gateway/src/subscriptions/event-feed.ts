import { GraphQLError } from 'graphql';
import type { Broadcast, BroadcastCandidate } from './broadcast.js';
import type { SharedAnswer } from './broadcast-event.js';
import type { ClientSubscription } from './client-subscription.js';
import type { SharedUpstream, Subscriber } from './shared-upstream.js';
import { hasSameBroadcast, hasSameUpstream, type SubscriptionBinding, unavailable } from './subscription-binding.js';
import type { SubscriptionClient } from './subscription-executor.js';
import type { SubscriptionHub } from './subscription-hub.js';
import { bytesOf, positionOf, type UpstreamEvent } from './upstream-event.js';

/** What a feed is made of. */
export interface EventFeedOptions {
  client: SubscriptionClient;
  hub: SubscriptionHub;
}

/** A subgraph's copy of rights may be so much older than the gateway's; after that the subgraph itself would refuse. */
const RIGHTS_SETTLE_MS = 60_000;

/**
 * Feeds one client with events: from an upstream under its own token at first, by which the subgraph lets it in or not.
 * Where everybody is told the same it goes over to the broadcast as soon as it has come as far, and back whenever its
 * right is to be asked anew: when its token was renewed, its rights were changed or the broadcast has failed. It goes on
 * when the graph is replaced, behind the last event if the new graph asks something else upstream.
 */
export class EventFeed implements BroadcastCandidate {
  private own: SharedUpstream | undefined;
  private broadcast: Broadcast | undefined;
  private hasJoined = false;
  /** The last event that the client was fed with; its own upstream goes on behind it. */
  private cursor: string | undefined;
  private last = -1;
  private notBefore = 0;
  private isOver = false;
  /** The client was given something. */
  private hasHeard = false;
  /** The own upstream was begun anew: it greets with the position that the client has. */
  private isGreetedAgain = false;
  /** As which the own upstream listens now; another one's words are late. */
  private subscriber: Subscriber | undefined;
  /** Of the verified viewer, before any broadcast is joined. */
  userId = '';

  constructor(
    private readonly options: EventFeedOptions,
    private readonly results: ClientSubscription,
    private binding: SubscriptionBinding,
  ) {
    this.cursor = binding.request.after;
  }

  get position(): number {
    return this.last;
  }

  /** Begins with the client's own upstream, or goes back to it. */
  start(): void {
    const { hub, client } = this.options;
    this.isGreetedAgain = this.hasHeard;
    const subscriber: Subscriber = {
      event: (event) => {
        if (this.subscriber === subscriber) this.hear(event);
      },
      end: (error) => {
        if (this.subscriber === subscriber) this.results.end(error);
      },
      metadata: () => client.metadata(),
      expiresAt: () => client.expiresAt(),
    };
    this.subscriber = subscriber;
    const upstream = hub.join({ ...this.binding.request, after: this.cursor }, client.rights, subscriber);
    // A shared upstream greets at once, upon which the client may have gone on or away already.
    if (this.subscriber === subscriber) this.own = upstream;
    else upstream.leave(subscriber);
  }

  /** The client's token was renewed: the subgraph is asked again under it. */
  renew(): void {
    if (this.hasJoined) this.goBack();
    else this.own?.renew();
  }

  /** The client's rights are others now; the subgraph is asked at each event until it surely knows of it, too. */
  recheck(): void {
    this.notBefore = performance.now() + RIGHTS_SETTLE_MS;
    if (this.hasJoined) this.goBack();
  }

  /** The graph was replaced: goes on as the new one has it. What has come already is still answered by the old one. */
  adopt(next: SubscriptionBinding): void {
    const previous = this.binding;
    this.binding = next;
    if (this.isOver) return;
    const { plan, transport } = next.request;
    const { broadcast } = this;
    if (this.hasJoined) {
      const { offer } = next;
      if (broadcast && offer && hasSameBroadcast(previous, next)) {
        broadcast.renewAudience(offer.audience, offer.answer, offer.transport);
      } else this.goBack();
    } else if (hasSameUpstream(previous, next)) {
      this.own?.moveTo(transport);
    } else if (plan.isResumable && (this.cursor !== undefined || !this.hasHeard)) {
      this.goBack();
    } else this.refuse();
  }

  /** The graph was replaced, and the new one cannot carry the subscription on. */
  refuse(): void {
    if (!this.isOver) this.results.end(unavailable());
  }

  /** The client hears no more. */
  end(): void {
    this.isOver = true;
    this.leaveOwn();
    this.leaveBroadcast();
  }

  take(answer: SharedAnswer, position: number): void {
    this.hasHeard = true;
    this.last = position;
    this.cursor = answer.cursor;
    this.results.push(answer);
  }

  deliver(): void {
    this.results.deliver();
  }

  forbid(): void {
    this.leaveBroadcast();
    this.results.end(new GraphQLError('You may not listen here any more', { extensions: { code: 'FORBIDDEN' } }));
  }

  opened(): void {
    this.goOver();
  }

  released(): void {
    const hadJoined = this.hasJoined;
    this.broadcast = undefined;
    this.hasJoined = false;
    if (hadJoined && !this.isOver) this.start();
  }

  private hear(event: UpstreamEvent): void {
    const { binding } = this;
    const position = binding.offer && positionOf(binding.request.plan, event);
    const isGreetingAgain = this.isGreetedAgain && event.cursor !== undefined && event.cursor === this.cursor;
    const isKnown = position === undefined ? isGreetingAgain : position <= this.last;
    this.isGreetedAgain = false;
    this.hasHeard = true;
    if (event.cursor !== undefined) this.cursor = event.cursor;
    if (position !== undefined) this.last = Math.max(position, this.last);
    if (!isKnown) {
      const { cursor } = event;
      this.results.push({ cursor, bytes: () => bytesOf(event), answer: () => binding.answer(event) });
    }
    if (position !== undefined) this.goOver();
  }

  private goOver(): void {
    const { client } = this.options;
    const { offer } = this.binding;
    const listener = offer && client.broadcastAs();
    if (!offer || !listener || this.isOver || this.last < 0 || performance.now() < this.notBefore) return;
    this.userId = listener.userId;
    const broadcast = offer.find(listener.language, this.cursor);
    if (broadcast !== this.broadcast) {
      this.leaveBroadcast();
      this.broadcast = broadcast;
      broadcast?.wait(this);
    }
    if (!broadcast?.join(this, offer.audience, offer.answer)) return;
    this.hasJoined = true;
    this.leaveOwn();
  }

  private goBack(): void {
    this.leaveBroadcast();
    this.leaveOwn();
    this.start();
  }

  private leaveOwn(): void {
    const { subscriber, own } = this;
    this.subscriber = undefined;
    this.own = undefined;
    if (subscriber) own?.leave(subscriber);
  }

  private leaveBroadcast(): void {
    const { broadcast } = this;
    this.broadcast = undefined;
    this.hasJoined = false;
    broadcast?.leave(this);
  }
}
