import { newId } from '@tutorgraph/kit/database/id';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphExecutor } from '../execution/graph-executor.js';
import { answerOnce } from '../execution/subgraph-source.js';
import { createGatewayContext } from '../requests/gateway-context.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import type { BroadcastRules } from './broadcast-rules.js';
import type { Broadcasts } from './broadcasts.js';
import { ClientSubscription } from './client-subscription.js';
import { type BroadcastOffer, EventFeed } from './event-feed.js';
import type { ResultWriter } from './result-writer.js';
import type { SubscriptionHub } from './subscription-hub.js';
import { planSubscription, type SubscriptionPlan } from './subscription-plan.js';
import type { UpstreamRequest } from './upstream.js';
import type { UpstreamEvent } from './upstream-event.js';

/** Whom a subscription serves; read anew when needed, so that a renewed token counts. */
export interface SubscriptionClient {
  /** What its fetches carry now. */
  metadata(): RequestMetadata;
  /** When its token ends, in seconds since 1970. */
  expiresAt(): number | undefined;
  /** Names its rights; clients with the same may share an upstream. Undefined: it shares with nobody. */
  readonly rights: string | undefined;
  /** As whom it may hear broadcasts, and in which language. Undefined: it hears none. */
  broadcastAs(): BroadcastViewer | undefined;
  /** Takes results that are written already. */
  writer: ResultWriter;
  /** Called once when the subscription is over. */
  onEnd(): void;
}

/** Who hears a broadcast. */
export interface BroadcastViewer {
  userId: string;
  language: string;
}

/** A subscription that a client asks for, validated. */
export interface SubscriptionRequest {
  document: DocumentNode;
  /** Names the document, for the cache of plans. */
  key: string;
  operationName: string | undefined;
  variables: Record<string, unknown> | undefined;
}

/** A client's running subscription. */
export interface RunningSubscription {
  results: ClientSubscription;
  /** Its client's token was renewed. */
  renew(): void;
  /** Its client's rights have changed. */
  recheck(): void;
}

/** What is broadcast, and how a result that many share is written down. */
export interface BroadcastService {
  rules: BroadcastRules;
  broadcasts: Broadcasts;
  /** The JSON of a result as clients may see it. */
  write(result: ExecutionResult, requestId: string): Buffer;
}

const MOST_PLANS = 1_000;

/** Carries out federated subscriptions: the event from one subgraph, whatever else is selected from the others. */
export class SubscriptionExecutor {
  private readonly plans = new LRUCache<string, SubscriptionPlan>({ max: MOST_PLANS });

  constructor(
    private readonly supergraph: Supergraph,
    private readonly executor: GraphExecutor,
    private readonly hub: SubscriptionHub,
    /** Events that may wait for a slow client. */
    private readonly buffer: number,
    /** Without it nothing is broadcast. */
    private readonly broadcasting: BroadcastService | undefined,
  ) {}

  /** @throws GraphQLError when the variables do not fit */
  subscribe(request: SubscriptionRequest, client: SubscriptionClient): RunningSubscription {
    const coerced = coerceVariables(this.supergraph.schema, request);
    const plan = this.plan(request);
    const after = plan.clientAfter(coerced);
    const { variables = {} } = request;
    const upstreamVariables = Object.fromEntries(
      plan.upstream.variableNames.flatMap((name) => (name in variables ? [[name, variables[name]]] : [])),
    );
    const upstream: UpstreamRequest = { plan, variables: upstreamVariables, after };
    let feed: EventFeed | undefined;
    const results = new ClientSubscription({
      after,
      buffer: this.buffer,
      answer: (event) => this.sharedAnswer(event, plan, request, client.metadata()),
      writer: client.writer,
      onEnd: () => {
        feed?.end();
        client.onEnd();
      },
    });
    const offer = this.offer(upstream, request);
    const started = new EventFeed({ request: upstream, client, hub: this.hub, offer }, results);
    feed = started;
    started.start();
    return { results, renew: () => started.renew(), recheck: () => started.recheck() };
  }

  private offer(upstream: UpstreamRequest, request: SubscriptionRequest): BroadcastOffer | undefined {
    const { broadcasting } = this;
    const { plan } = upstream;
    if (!broadcasting || !plan.broadcast) return undefined;
    const asked = Object.entries(request.variables ?? {}).filter(([name]) => name !== plan.afterVariable);
    return {
      find: (language, after) => broadcasting.broadcasts.find(upstream, language, after),
      audience: JSON.stringify([request.key, request.operationName, asked]),
      answer: async (event, acceptLanguage) => {
        const requestId = newId();
        const metadata = { requestId, acceptLanguage };
        const result = await this.answer(event, plan, request, metadata, broadcasting.broadcasts.executor);
        return broadcasting.write(result, requestId);
      },
    };
  }

  private plan({ document, operationName, key }: SubscriptionRequest): SubscriptionPlan {
    const planKey = `${key} ${operationName ?? ''}`;
    const known = this.plans.get(planKey);
    if (known) return known;
    const isSameForAll = this.broadcasting?.rules.isSameForAll(document, operationName) ?? false;
    const queryPlan = this.supergraph.plan(document, operationName, key);
    const plan = planSubscription(this.supergraph, queryPlan, { document, isSameForAll });
    this.plans.set(planKey, plan);
    return plan;
  }

  /** Whoever asked the same of the same event shares the answer: its rights are the same by the upstream's key. */
  private sharedAnswer(
    event: UpstreamEvent,
    plan: SubscriptionPlan,
    request: SubscriptionRequest,
    metadata: RequestMetadata,
  ): Promise<ExecutionResult> {
    const key = JSON.stringify([request.key, request.operationName, request.variables]);
    const known = event.answers.get(key);
    if (known) return known;
    const answer = this.answer(event, plan, request, metadata, this.executor);
    event.answers.set(key, answer);
    return answer;
  }

  private answer(
    event: UpstreamEvent,
    plan: SubscriptionPlan,
    { document, operationName, variables }: SubscriptionRequest,
    metadata: RequestMetadata,
    executor: GraphExecutor,
  ): Promise<ExecutionResult> {
    const sources = executor.sourcesWith(plan.subgraph, (source) =>
      answerOnce(plan.plannedOperation, event.result, source),
    );
    const operation = { document, operationName, variables, context: createGatewayContext(metadata) };
    return executor.executePlan(plan.eventPlan, operation, sources);
  }
}

function coerceVariables(schema: GraphQLSchema, request: SubscriptionRequest): Record<string, unknown> {
  const operation = getOperationAST(request.document, request.operationName);
  const result = getVariableValues(schema, operation?.variableDefinitions ?? [], request.variables ?? {});
  const [error] = result.errors ?? [];
  if (error) throw new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT' } });
  return result.coerced ?? {};
}
