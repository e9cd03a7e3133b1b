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
import { ClientSubscription } from './client-subscription.js';
import type { SharedUpstream } from './shared-upstream.js';
import type { SubscriptionHub } from './subscription-hub.js';
import { planSubscription, type SubscriptionPlan } from './subscription-plan.js';
import type { UpstreamEvent } from './upstream-event.js';

/** Whom a subscription serves; read anew when needed, so that a renewed token counts. */
export interface SubscriptionClient {
  /** What its fetches carry now. */
  metadata(): RequestMetadata;
  /** When its token ends, in seconds since 1970. */
  expiresAt(): number | undefined;
  /** Names its rights; clients with the same may share an upstream. Undefined: it shares with nobody. */
  rights: string | undefined;
  /** Called once when the subscription is over. */
  onEnd(): void;
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
    let upstream: SharedUpstream | undefined;
    const results = new ClientSubscription({
      after,
      buffer: this.buffer,
      answer: (event) => this.answer(event, plan, request, client.metadata()),
      onEnd: () => {
        upstream?.leave(subscriber);
        client.onEnd();
      },
    });
    const subscriber = {
      event: (event: UpstreamEvent) => results.event(event),
      end: (error: unknown) => results.end(error),
      metadata: () => client.metadata(),
      expiresAt: () => client.expiresAt(),
    };
    upstream = this.hub.join({ plan, variables: upstreamVariables, after }, client.rights, subscriber);
    return { results, renew: () => upstream.renew() };
  }

  private plan({ document, operationName, key }: SubscriptionRequest): SubscriptionPlan {
    const planKey = `${key} ${operationName ?? ''}`;
    const known = this.plans.get(planKey);
    if (known) return known;
    const plan = planSubscription(this.supergraph, this.supergraph.plan(document, operationName, key));
    this.plans.set(planKey, plan);
    return plan;
  }

  /** Whoever asked the same of the same event shares the answer: its rights are the same by the upstream's key. */
  private answer(
    event: UpstreamEvent,
    plan: SubscriptionPlan,
    request: SubscriptionRequest,
    metadata: RequestMetadata,
  ): Promise<ExecutionResult> {
    const { document, operationName, variables } = request;
    const key = JSON.stringify([request.key, operationName, variables]);
    const known = event.answers.get(key);
    if (known) return known;
    const sources = this.executor.sourcesWith(plan.subgraph, (source) =>
      answerOnce(plan.plannedOperation, event.result, source),
    );
    const operation = { document, operationName, variables, context: createGatewayContext(metadata) };
    const answer = this.executor.executePlan(plan.eventPlan, operation, sources);
    event.answers.set(key, answer);
    return answer;
  }
}

function coerceVariables(schema: GraphQLSchema, request: SubscriptionRequest): Record<string, unknown> {
  const operation = getOperationAST(request.document, request.operationName);
  const result = getVariableValues(schema, operation?.variableDefinitions ?? [], request.variables ?? {});
  const [error] = result.errors ?? [];
  if (error) throw new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT' } });
  return result.coerced ?? {};
}
