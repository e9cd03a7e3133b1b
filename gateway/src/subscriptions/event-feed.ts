import { GraphQLError } from 'graphql';
import type { Broadcast, BroadcastCandidate } from './broadcast.js';
import type { AnswerWriter } from './broadcast-audience.js';
import type { SharedAnswer } from './broadcast-event.js';
import type { ClientSubscription } from './client-subscription.js';
import type { SharedUpstream, Subscriber } from './shared-upstream.js';
import type { SubscriptionClient } from './subscription-executor.js';
import type { SubscriptionHub } from './subscription-hub.js';
import type { UpstreamRequest } from './upstream.js';
import { positionOf, type UpstreamEvent } from './upstream-event.js';

/** How a client may hear a broadcast. */
export interface BroadcastOffer {
  /** The broadcast in a language, unless it has just failed; who comes first begins it where they stand. */
  find(language: string, after: string | undefined): Broadcast | undefined;
  /** Names what the client asked, among all who hear the broadcast. */
  audience: string;
  answer: AnswerWriter;
}

/** What a feed is made of. */
export interface EventFeedOptions {
  request: UpstreamRequest;
  client: SubscriptionClient;
  hub: SubscriptionHub;
  /** Undefined where what was asked may say something else to everybody. */
  offer: BroadcastOffer | undefined;
}

/** A subgraph's copy of rights may be so much older than the gateway's; after that the subgraph itself would refuse. */
const RIGHTS_SETTLE_MS = 60_000;

/**
 * Feeds one client with events: from an upstream under its own token at first, by which the subgraph lets it in or not.
 * Where everybody is told the same it goes over to the broadcast as soon as it has come as far, and back whenever its
 * right is to be asked anew: when its token was renewed, its rights were changed or the broadcast has failed.
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
  /** As which the own upstream listens now; another one's words are late. */
  private subscriber: Subscriber | undefined;
  /** Of the verified viewer, before any broadcast is joined. */
  userId = '';

  constructor(
    private readonly options: EventFeedOptions,
    private readonly results: ClientSubscription,
  ) {
    this.cursor = options.request.after;
  }

  get position(): number {
    return this.last;
  }

  /** Begins with the client's own upstream, or goes back to it. */
  start(): void {
    const { hub, request, client } = this.options;
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
    const upstream = hub.join({ ...request, after: this.cursor }, client.rights, subscriber);
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

  /** The client hears no more. */
  end(): void {
    this.isOver = true;
    this.leaveOwn();
    this.leaveBroadcast();
  }

  take(answer: SharedAnswer, position: number): void {
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
    const { request, offer } = this.options;
    const position = offer && positionOf(request.plan, event);
    if (position === undefined) {
      this.results.push(event);
      return;
    }
    const isKnown = position <= this.last;
    this.last = Math.max(position, this.last);
    this.cursor = event.cursor;
    if (!isKnown) this.results.push(event);
    this.goOver();
  }

  private goOver(): void {
    const { offer, client } = this.options;
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
