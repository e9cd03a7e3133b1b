import { type ExecutionResult, GraphQLError } from 'graphql';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import type { Broadcast } from './broadcast.js';
import type { AnswerWriter } from './broadcast-audience.js';
import type { UpstreamRequest } from './upstream.js';
import type { UpstreamEvent } from './upstream-event.js';

/** What one client's subscription is in one graph. When the graph is replaced the subscription goes on with another. */
export interface SubscriptionBinding {
  /** What to ask upstream; `after` is where the client asked to begin. */
  request: UpstreamRequest;
  /** Undefined where what was asked may say something else to everybody. */
  offer: BroadcastOffer | undefined;
  /** Makes the client's result of an event of its own upstream. */
  answer(event: UpstreamEvent): Promise<ExecutionResult>;
}

/** How a client may hear a broadcast. */
export interface BroadcastOffer {
  /** The broadcast in a language, unless it has just failed; who comes first begins it where they stand. */
  find(language: string, after: string | undefined): Broadcast | undefined;
  /** Names what the client asked, among all who hear the broadcast. */
  audience: string;
  answer: AnswerWriter;
  /** The way to the subgraph on the gateway's own behalf. */
  transport: SubgraphTransport;
}

/** The graph was replaced, and the new one cannot carry a subscription on. */
export function unavailable(): GraphQLError {
  const message = 'The graph has changed and this subscription cannot go on; subscribe to what it offers now';
  return new GraphQLError(message, { extensions: { code: 'SUBSCRIPTION_UNAVAILABLE' } });
}

/** Do two graphs ask the same of the same subgraph? Then what comes from it fits both. */
export function hasSameUpstream({ request: { plan: one } }: SubscriptionBinding, other: SubscriptionBinding): boolean {
  const { plan } = other.request;
  return one.subgraph === plan.subgraph && one.upstream.query === plan.upstream.query;
}

/** Does a broadcast of the one graph fit the other as well? */
export function hasSameBroadcast(one: SubscriptionBinding, other: SubscriptionBinding): boolean {
  if (!one.offer || !other.offer) return false;
  return hasSameUpstream(one, other) && one.request.plan.broadcast?.query === other.request.plan.broadcast?.query;
}
