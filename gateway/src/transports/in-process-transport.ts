import type { Subgraph } from '@tutorgraph/kit/graphql/subgraph';
import type { SubgraphTransport } from './subgraph-transport.js';

/** What the gateway needs of a subgraph that runs in its own process. */
export type CallableSubgraph = Pick<Subgraph, 'execute' | 'subscribe'>;

/** Calls a subgraph of this process: no network, no copy, no parsing. */
export function inProcessTransport(subgraph: CallableSubgraph): SubgraphTransport {
  return {
    execute: (request, metadata) => subgraph.execute(request, metadata),
    subscribe: (request, metadata, signal) => subgraph.subscribe(request, metadata, signal),
    isReachable: async () => true,
    close: async () => {},
  };
}
