import type { AddressInfo } from 'node:net';
import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import { closeGracefully } from '@tutorgraph/kit/lifecycle/graceful-close';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { GraphExecutor } from './execution/graph-executor.js';
import { subgraphSources } from './execution/subgraph-source.js';
import { type PlaygroundOptions, registerPlayground } from './playground/playground.js';
import { useAccessLog } from './plugins/use-access-log.js';
import { useAuthentication } from './plugins/use-authentication.js';
import { useBatchLimit } from './plugins/use-batch-limit.js';
import { useCors } from './plugins/use-cors.js';
import { useFetchMetrics } from './plugins/use-fetch-metrics.js';

import { createGraphQLServer, ENDPOINT, useGraphQLHttp } from './plugins/use-graphql-http.js';
import { useGraphQLSockets } from './plugins/use-graphql-sockets.js';
import { maskApolloErrors, useMaskedErrors } from './plugins/use-masked-errors.js';
import { useOperationLimits } from './plugins/use-operation-limits.js';
import { useOperations } from './plugins/use-operations.js';
import { requestIdOption, useRequestId } from './plugins/use-request-id.js';
import { useSecurityHeaders } from './plugins/use-security-headers.js';
import { useSubscriptionMetrics } from './plugins/use-subscription-metrics.js';
import { trustProxies } from './requests/client-address.js';
import { OperationDocuments } from './requests/operation-documents.js';
import type { GatewaySettings } from './settings.js';
import { GraphQLSockets } from './sockets/graphql-sockets.js';
import { createBroadcasting } from './subscriptions/create-broadcasting.js';
import { SubscriptionExecutor } from './subscriptions/subscription-executor.js';
import { SubscriptionHub } from './subscriptions/subscription-hub.js';
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
  /** True once the process was told to stop. */
  isDraining?: () => boolean;
  /** What the playground offers, where it is on. */
  playground?: Omit<PlaygroundOptions, 'endpoint'>;
  /** Which subscriptions are run once for everybody; without it each session has its own. */
  broadcasts?: BroadcastDependencies | undefined;
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
  /** Starts to listen. @returns the address of `/graphql` */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Lets requests in flight finish, closes WebSockets with 1001, stops to listen. */
  close(): Promise<void>;
}

/** Wires a gateway; it does not listen yet. @throws when a subgraph has no way to it */
export async function createGateway(dependencies: GatewayDependencies): Promise<Gateway> {
  const { supergraph, settings, logger, metrics, verify, rights, isDraining = () => false } = dependencies;
  assertReachable(supergraph, dependencies.transports);
  const onFault = (err: unknown, requestId: string): void => logger.error({ err, requestId }, 'A request failed');
  const transports = useFetchMetrics(dependencies.transports, metrics);
  const executor = new GraphExecutor(supergraph, subgraphSources(transports, logger), logger);
  const hub = new SubscriptionHub(transports, dependencies.retry ?? defaultRetry);
  const rules = [useOperationLimits(settings.limits)];
  const formatError = maskApolloErrors({ onFault });
  const server = await createGraphQLServer({ supergraph, executor, settings, rules, formatError, logger });
  const trustProxy = trustProxies(settings.trustedProxies);

  const app = fastify({
    ...requestIdOption,
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: settings.limits.bodyBytes,
    trustProxy,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
  useRequestId(app);
  closeGracefully(app);
  useAccessLog(app);
  useMaskedErrors(app, { onFault });
  await useSecurityHeaders(app);
  await useCors(app, settings);
  useOperations(app, { metrics, transports, isDraining });
  if (settings.playground) {
    registerPlayground(app, { endpoint: ENDPOINT, demoUsers: undefined, operations: [], ...dependencies.playground });
  }
  useGraphQLHttp(app, server, [useAuthentication({ verify }), useBatchLimit(settings.limits)]);
  const documents = new OperationDocuments({
    schema: supergraph.schema,
    rules,
    maxTokens: settings.limits.tokens,
    hideSuggestions: !settings.introspection,
  });
  const broadcasting = createBroadcasting(dependencies, transports, onFault);
  const subscriptions = new SubscriptionExecutor(supergraph, executor, hub, settings.subscriptionBuffer, broadcasting);
  const { operationsPerSocket } = settings.limits;
  const trust = { verify, rights };
  const sockets = new GraphQLSockets({ documents, server, subscriptions, trust, operationsPerSocket, onFault });
  useGraphQLSockets(app, { sockets, settings, trustProxy, logger });
  const broadcasts = broadcasting?.broadcasts;
  const upstreams = {
    get size() {
      return hub.size + (broadcasts?.size ?? 0);
    },
  };
  useSubscriptionMetrics(upstreams, broadcasts, metrics);
  return {
    app,
    upstreams,
    async listen({ host, port }) {
      await app.listen({ host, port });
      const address = app.server.address() as AddressInfo;
      return `http://${host}:${address.port}${ENDPOINT}`;
    },
    async close() {
      await app.close();
      await server.stop();
    },
  };
}

function assertReachable({ subgraphs }: Supergraph, transports: ReadonlyMap<string, SubgraphTransport>): void {
  const missing = subgraphs.filter(({ name }) => !transports.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`The supergraph needs ${missing.join(', ')}, to which there is no way`);
}
