import { newId } from '@tutorgraph/kit/database/id';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { type ExecutionResult, GraphQLError, type GraphQLSchema, getOperationAST, getVariableValues } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphExecutor, GraphOperation } from '../execution/graph-executor.js';
import { answerOnce } from '../execution/subgraph-source.js';
import { createGatewayContext } from '../requests/gateway-context.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import type { BroadcastRules } from './broadcast-rules.js';
import { ClientSubscription } from './client-subscription.js';
import { EventFeed } from './event-feed.js';
import type { LiveSubscriptions } from './live-subscriptions.js';
import type { ResultWriter } from './result-writer.js';
import type { BroadcastOffer, SubscriptionBinding } from './subscription-binding.js';
import type { SubscriptionOwner } from './subscription-limits.js';
import { planSubscription, type SubscriptionPlan } from './subscription-plan.js';
import type { UpstreamRequest } from './upstream.js';
import type { UpstreamEvent } from './upstream-event.js';
import type { WaitingLimits } from './waiting-events.js';

/** Whom a subscription serves; read anew when needed, so that a renewed token counts. */
export interface SubscriptionClient {
  /** What its fetches carry now. */
  metadata(): RequestMetadata;
  /** When its token ends, in seconds since 1970. */
  expiresAt(): number | undefined;
  /** Whose it is, for limits. */
  readonly owner: SubscriptionOwner;
  /** Names its rights; clients with the same may share an upstream. Undefined: it shares with nobody. */
  readonly rights: string | undefined;
  /** As whom it may hear broadcasts, and in which language. Undefined: it hears none. */
  broadcastAs(): BroadcastViewer | undefined;
  /** Takes results that are written already. */
  writer: ResultWriter;
  /** The last position that the client says it was given; it counts more than the operation's own `after`. */
  lastCursor?: string | undefined;
  /** Called once when the subscription is over. */
  onEnd(): void;
}

/** Who hears a broadcast. */
export interface BroadcastViewer {
  userId: string;
  language: string;
}

/** A subscription that a client asks for, validated. */
export type SubscriptionRequest = GraphOperation;

/** A client's running subscription. */
export interface RunningSubscription {
  results: ClientSubscription;
  /** Its client's token was renewed. */
  renew(): void;
  /** Its client's rights have changed. */
  recheck(): void;
}

/** What is broadcast in one graph, and how a result that many share is written down. */
export interface BroadcastService {
  rules: BroadcastRules;
  /** The way to each subgraph under the gateway's own token. */
  transports: ReadonlyMap<string, SubgraphTransport>;
  /** Runs plans over them. */
  executor: GraphExecutor;
  /** The JSON of a result as clients may see it. */
  write(result: ExecutionResult, requestId: string): Buffer;
}

/** What carries out the subscriptions of one graph. */
export interface SubscriptionExecutorOptions {
  supergraph: Supergraph;
  executor: GraphExecutor;
  /** The way to each subgraph. */
  transports: ReadonlyMap<string, SubgraphTransport>;
  /** What goes on when the graph is replaced. */
  live: LiveSubscriptions;
  /** What may wait for a slow client. */
  buffer: WaitingLimits;
  /** Without it nothing is broadcast. */
  broadcasting: BroadcastService | undefined;
}

const MOST_PLANS = 1_000;

/** Carries out federated subscriptions: the event from one subgraph, whatever else is selected from the others. */
export class SubscriptionExecutor {
  private readonly plans = new LRUCache<string, SubscriptionPlan>({ max: MOST_PLANS });

  constructor(private readonly options: SubscriptionExecutorOptions) {}

  /** @throws GraphQLError when the variables do not fit, or when there are too many subscriptions */
  subscribe(asked: SubscriptionRequest, client: SubscriptionClient): RunningSubscription {
    const { live, buffer } = this.options;
    const { document, key, operationName, variables } = asked;
    // What is kept of it outlives the graph that it was read in, and must not keep that alive.
    const request = { document, key, operationName, variables };
    const binding = live.bind(this, request, client);
    let feed: EventFeed | undefined;
    const results = new ClientSubscription({
      after: binding.request.after,
      buffer,
      writer: client.writer,
      onEnd: (ending) => {
        feed?.end();
        if (feed) live.delete(feed, ending);
        client.onEnd();
      },
    });
    const started = new EventFeed({ client, hub: live.hub }, results, binding);
    feed = started;
    const { field } = binding.request.plan;
    live.add(started, { request, client, field, results });
    started.start();
    return { results, renew: () => started.renew(), recheck: () => started.recheck() };
  }

  /** What a client's subscription is in this graph. @throws GraphQLError when its variables do not fit */
  bind(request: SubscriptionRequest, client: SubscriptionClient): SubscriptionBinding {
    const { supergraph, executor, transports } = this.options;
    const coerced = coerceVariables(supergraph.schema, request);
    const plan = this.plan(request);
    const transport = transports.get(plan.subgraph);
    if (!transport) throw new Error(`The ${plan.subgraph} subgraph has no address`);
    const { variables = {} } = request;
    const upstreamVariables = Object.fromEntries(
      plan.upstream.variableNames.flatMap((name) => (name in variables ? [[name, variables[name]]] : [])),
    );
    const after = (plan.isResumable ? client.lastCursor : undefined) ?? plan.clientAfter(coerced);
    const upstream = { plan, variables: upstreamVariables, after, transport };
    return {
      request: upstream,
      offer: this.offer(upstream, request),
      answer: (event) =>
        sharedAnswer(event, request, () => answer(executor, { event, plan, request }, client.metadata())),
    };
  }

  /** The plan of a subscription, which is kept. */
  plan({ document, operationName, key }: SubscriptionRequest): SubscriptionPlan {
    const { supergraph, broadcasting } = this.options;
    const planKey = `${key} ${operationName ?? ''}`;
    const known = this.plans.get(planKey);
    if (known) return known;
    const isSameForAll = broadcasting?.rules.isSameForAll(document, operationName) ?? false;
    const queryPlan = supergraph.plan(document, operationName, key);
    const plan = planSubscription(supergraph, queryPlan, { document, isSameForAll });
    this.plans.set(planKey, plan);
    return plan;
  }

  private offer(upstream: UpstreamRequest, request: SubscriptionRequest): BroadcastOffer | undefined {
    const { broadcasting, live } = this.options;
    const { plan } = upstream;
    const transport = broadcasting?.transports.get(plan.subgraph);
    if (!broadcasting || !transport || !plan.broadcast) return undefined;
    const asked = Object.entries(request.variables ?? {}).filter(([name]) => name !== plan.afterVariable);
    return {
      find: (language, after) => live.broadcasts.find({ ...upstream, after, transport }, language),
      audience: JSON.stringify([request.key, request.operationName, asked]),
      transport,
      answer: async (event, acceptLanguage) => {
        const requestId = newId();
        const metadata = { requestId, acceptLanguage };
        const result = await answer(broadcasting.executor, { event, plan, request }, metadata);
        return broadcasting.write(result, requestId);
      },
    };
  }
}

/** One event and what a client asked of it. */
interface AskedEvent {
  event: UpstreamEvent;
  plan: SubscriptionPlan;
  request: SubscriptionRequest;
}

function answer(
  executor: GraphExecutor,
  { event, plan, request }: AskedEvent,
  metadata: RequestMetadata,
): Promise<ExecutionResult> {
  const sources = executor.sourcesWith(plan.subgraph, (source) =>
    answerOnce(plan.plannedOperation, event.result, source),
  );
  const context = createGatewayContext(metadata, { viewer: undefined, transport: 'websocket' });
  return executor.executePlan(plan.eventPlan, request, { context, sources });
}

/** Whoever asked the same of the same event shares the answer: its rights are the same by the upstream's key. */
function sharedAnswer(
  event: UpstreamEvent,
  { key, operationName, variables }: SubscriptionRequest,
  find: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const asked = JSON.stringify([key, operationName, variables]);
  const known = event.answers.get(asked);
  if (known) return known;
  const found = find();
  event.answers.set(asked, found);
  return found;
}

function coerceVariables(schema: GraphQLSchema, request: SubscriptionRequest): Record<string, unknown> {
  const operation = getOperationAST(request.document, request.operationName);
  const result = getVariableValues(schema, operation?.variableDefinitions ?? [], request.variables ?? {});
  const [error] = result.errors ?? [];
  if (error) throw new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT' } });
  return result.coerced ?? {};
}
