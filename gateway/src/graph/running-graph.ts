import type { GraphExecutor } from '../execution/graph-executor.js';
import type { OperationDocuments } from '../operations/operation-documents.js';
import type { SubscriptionExecutor } from '../subscriptions/subscription-executor.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';

/** All that is made of one supergraph and replaced with it at once. */
export interface RunningGraph {
  readonly supergraph: Supergraph;
  /** The way to each subgraph, by its name. */
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly documents: OperationDocuments;
  /** Runs queries and mutations. */
  readonly executor: GraphExecutor;
  readonly subscriptions: SubscriptionExecutor;
}
