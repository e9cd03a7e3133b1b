import type { AddressInfo } from 'node:net';
import type { RedisConnection } from '@tutorgraph/kit/cache/redis';
import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import { closeGracefully } from '@tutorgraph/kit/lifecycle/graceful-close';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Tracing } from '@tutorgraph/kit/telemetry/tracing';
import type { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import type { FastifyInstance } from 'fastify';
import { createAdmission } from './admission.js';
import { Drain } from './connections/drain.js';
import { OpenConnections } from './connections/open-connections.js';
import type { TrustedDocuments } from './documents/trusted-documents.js';
import { buildGraph, type GraphParts, type GraphSurroundings } from './graph/build-graph.js';
import { GraphHolder } from './graph/graph-holder.js';
import { GraphReplacer } from './graph/graph-replacer.js';
import { HotOperations } from './graph/hot-operations.js';
import { ENDPOINT, useGraphQLHttp } from './http/graphql-http.js';
import { createHttpServer } from './http/http-server.js';
import { LiveAnswers } from './http/live-answers.js';
import type { OperationNames } from './insight/operation-names.js';
import { watchOperations } from './insight/watch-operations.js';
import { Operations } from './operations/operations.js';
import { SharedQueries } from './operations/shared-queries.js';
import { type PlaygroundOptions, registerPlayground } from './playground/playground.js';
import { useAccessLog } from './plugins/use-access-log.js';
import { useCacheMetrics } from './plugins/use-cache-metrics.js';
import { useCors } from './plugins/use-cors.js';
import { observeFetches } from './plugins/use-fetch-traces.js';
import { useGraphQLSockets } from './plugins/use-graphql-sockets.js';
import { useLoadLimit } from './plugins/use-load-limit.js';
import { useMaskedErrors } from './plugins/use-masked-errors.js';
import { useOperations } from './plugins/use-operations.js';
import { usePlanPage } from './plugins/use-plan-page.js';
import { useRequestId } from './plugins/use-request-id.js';
import { useResponseLimit } from './plugins/use-response-limit.js';
import { useSecurityHeaders } from './plugins/use-security-headers.js';
import { useSocketMetrics } from './plugins/use-socket-metrics.js';
import { countSubscriptionEndings, useSubscriptionMetrics } from './plugins/use-subscription-metrics.js';
import { trustProxies } from './requests/client-address.js';
import type { GatewaySettings } from './settings.js';
import { GraphQLSockets } from './sockets/graphql-sockets.js';
import { LiveSubscriptions } from './subscriptions/live-subscriptions.js';
import { defaultRetry, type RetryOptions } from './subscriptions/upstream.js';
import type { Supergraph } from './supergraph/supergraph.js';
import type { SubgraphTransport } from './transports/subgraph-transport.js';
import type { GatewayTrust } from './trust/trust.js';

/** What a gateway is made of. */
export interface GatewayDependencies extends GatewayTrust {
  supergraph: Supergraph;
  /** The way to each subgraph, by its name in the supergraph. The caller closes them, after the gateway. */
  transports: ReadonlyMap<string, SubgraphTransport>;
  settings: GatewaySettings;
  logger: Logger;
  metrics: Metrics;
  /** Operations that metrics call by their names. @default none */
  operationNames?: OperationNames | undefined;
  /** Takes spans; undefined where nobody traces. */
  tracing?: Tracing | undefined;
  /** True once the process was told to stop. */
  isDraining?: () => boolean;
  /** What the playground offers, where it is on. */
  playground?: Omit<PlaygroundOptions, 'endpoint'>;
  /** Which subscriptions are run once for everybody; without it each session has its own. */
  broadcasts?: BroadcastDependencies | undefined;
  /** Documents of our own clients; what they are for is a setting. */
  trustedDocuments?: TrustedDocuments | undefined;
  /** Counts costs and keeps registered documents for several gateways. */
  redis?: RedisConnection['client'] | undefined;
  /** What `/health/ready` says besides. */
  details?: () => Record<string, unknown>;
  /** How lost upstream subscriptions are brought back. */
  retry?: RetryOptions;
}

/** What broadcasting needs. */
interface BroadcastDependencies {
  declared: GraphBroadcasts;
  /** Makes tokens by which the gateway asks subgraphs for itself. */
  tokens: ServiceTokens;
}

/** The one endpoint. */
export interface Gateway {
  readonly app: FastifyInstance;
  /** Upstream subscriptions that are open. */
  readonly upstreams: { readonly size: number };
  /** Puts another graph in the place of the one that runs; see {@link GraphReplacer.replace}. */
  replaceGraph(parts: GraphParts): Promise<void>;
  /** Starts to listen. @returns the address of `/graphql` */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Lets live clients go one after the other, each with a hint when to come back, lets requests finish, stops to listen. */
  close(): Promise<void>;
  /** How long closing may take, in milliseconds. */
  readonly closeWithinMs: number;
}

const DRAIN_MS = 10_000;
const REQUESTS_END_WITHIN_MS = 8_000;

/** Wires a gateway; it does not listen yet. @throws when a subgraph has no way to it */
export async function createGateway(dependencies: GatewayDependencies): Promise<Gateway> {
  const { settings, logger, metrics, verify, rights, isDraining = () => false } = dependencies;
  const { drainMs = DRAIN_MS } = settings;
  const onFault = (err: unknown, requestId: string): void => logger.error({ err, requestId }, 'A request failed');
  const { graphs, replacer, hot, live } = openGraph(dependencies, onFault);
  const trustProxy = trustProxies(settings.trustedProxies);

  const app = createHttpServer({ limits: settings.limits, logger, trustProxy });
  useRequestId(app);
  closeGracefully(app);
  useAccessLog(app, logger);
  useMaskedErrors(app, { onFault });
  useResponseLimit(app, settings.limits);
  useSecurityHeaders(app);
  await useCors(app, settings);
  const load = useLoadLimit(app, { limits: settings.limits, metrics });
  const { source, gates, observers } = createAdmission(dependencies);
  const operations = new Operations({
    graphs,
    source,
    gates: [load, ...gates],
    observers: [load, hot, ...observers, ...watchOperations({ ...dependencies, ...settings })],
    sharing: settings.shareInFlight ? new SharedQueries() : undefined,
    onFault,
  });
  useOperations(app, { metrics, graphs, isDraining, details: dependencies.details ?? (() => ({})) });
  if (settings.playground) {
    registerPlayground(app, { endpoint: ENDPOINT, demoUsers: undefined, operations: [], ...dependencies.playground });
  }
  const connections = new OpenConnections({ verify, rights }, settings.limits);
  const drain = new Drain();
  const answers = new LiveAnswers(drain);
  useGraphQLHttp(app, { operations, connections, answers, verify, limits: settings.limits });
  const sockets = new GraphQLSockets({ operations, connections, limits: settings.limits });
  useGraphQLSockets(app, { sockets, settings, trustProxy, logger, watch: useSocketMetrics(metrics), drain });
  usePlanPage(app, graphs, { verify, rights });
  useSubscriptionMetrics(live, metrics);
  useCacheMetrics(graphs, metrics);
  return {
    app,
    upstreams: live.upstreams,
    replaceGraph: (parts) => replacer.replace(parts),
    async listen({ host, port }) {
      await app.listen({ host, port });
      const address = app.server.address() as AddressInfo;
      return `http://${host}:${address.port}${ENDPOINT}`;
    },
    async close() {
      await drain.run(drainMs);
      await app.close();
    },
    closeWithinMs: drainMs + REQUESTS_END_WITHIN_MS,
  };
}

/** The graph to begin with, and what puts another one in its place. */
function openGraph(dependencies: GatewayDependencies, onFault: GraphSurroundings['onFault']) {
  const { settings, logger, metrics, broadcasts, retry = defaultRetry } = dependencies;
  const live = new LiveSubscriptions(settings.limits, retry, countSubscriptionEndings(metrics));
  const observe = observeFetches(dependencies);
  const surroundings = { settings, logger, live, tokens: broadcasts?.tokens, observe, onFault };
  const graphs = new GraphHolder(buildGraph({ ...dependencies, broadcasts: broadcasts?.declared }, surroundings));
  const hot = new HotOperations();
  return { graphs, live, hot, replacer: new GraphReplacer(graphs, surroundings, hot) };
}
