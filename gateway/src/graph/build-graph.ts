import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { GraphExecutor } from '../execution/graph-executor.js';
import { subgraphSources } from '../execution/subgraph-source.js';
import { OperationDocuments } from '../operations/operation-documents.js';
import { useDeferRules } from '../plugins/use-defer-rules.js';
import { useOperationLimits } from '../plugins/use-operation-limits.js';
import { DEFAULT_SUBSCRIPTION_BUFFER_BYTES, type GatewaySettings } from '../settings.js';
import { createBroadcasting } from '../subscriptions/create-broadcasting.js';
import type { LiveSubscriptions } from '../subscriptions/live-subscriptions.js';
import { SubscriptionExecutor } from '../subscriptions/subscription-executor.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import type { RunningGraph } from './running-graph.js';

/** What one graph is made of. */
export interface GraphParts {
  supergraph: Supergraph;
  /** The way to each subgraph, by its name in the supergraph. Whoever made them closes them. */
  transports: ReadonlyMap<string, SubgraphTransport>;
  /** Which subscriptions its rooms say are the same for everybody. */
  broadcasts?: GraphBroadcasts | undefined;
}

/** What every graph of a gateway shares. */
export interface GraphSurroundings {
  settings: GatewaySettings;
  logger: Logger;
  live: LiveSubscriptions;
  /** Makes tokens by which the gateway asks subgraphs for itself; without it nothing is broadcast. */
  tokens: ServiceTokens | undefined;
  /** Watches a way to a subgraph. */
  observe: (subgraph: string, transport: SubgraphTransport) => SubgraphTransport;
  /** Told of each error that is masked. */
  onFault: (error: unknown, requestId: string) => void;
}

/** Wires all that runs operations of one supergraph. @throws when a subgraph has no way to it */
export function buildGraph(parts: GraphParts, surroundings: GraphSurroundings): RunningGraph {
  const { supergraph, broadcasts: declared } = parts;
  const { settings, live, logger, observe } = surroundings;
  assertReachable(parts);
  const transports = new Map([...parts.transports].map(([name, transport]) => [name, observe(name, transport)]));
  const executor = new GraphExecutor(supergraph, subgraphSources(transports, logger));
  const broadcasting = createBroadcasting({ ...surroundings, supergraph, transports, declared });
  const { subscriptionBuffer: events, subscriptionBufferBytes: bytes = DEFAULT_SUBSCRIPTION_BUFFER_BYTES } = settings;
  return {
    supergraph,
    transports,
    executor,
    documents: new OperationDocuments({
      schema: supergraph.schema,
      rules: [useDeferRules, useOperationLimits(settings.limits)],
      maxTokens: settings.limits.tokens,
      introspection: settings.introspection,
    }),
    subscriptions: new SubscriptionExecutor({
      supergraph,
      executor,
      transports,
      live,
      buffer: { events, bytes },
      broadcasting,
    }),
  };
}

function assertReachable({ supergraph, transports }: GraphParts): void {
  const missing = supergraph.subgraphs.filter(({ name }) => !transports.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`The supergraph needs ${missing.join(', ')}, to which there is no way`);
}
