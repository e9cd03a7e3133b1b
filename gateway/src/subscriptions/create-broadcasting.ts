import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import type { ExecutionResult } from 'graphql';
import { presentError } from '../errors/present-error.js';
import { GraphExecutor } from '../execution/graph-executor.js';
import { subgraphSources } from '../execution/subgraph-source.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { OwnBehalfTransport } from '../transports/own-behalf-transport.js';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import { BroadcastRules } from './broadcast-rules.js';
import type { BroadcastService } from './subscription-executor.js';

/** What the gateway has of what broadcasting needs. */
export interface BroadcastingOptions {
  supergraph: Supergraph;
  transports: ReadonlyMap<string, SubgraphTransport>;
  /** What the graph's rooms declare. */
  declared: GraphBroadcasts | undefined;
  /** Makes tokens by which the gateway asks subgraphs for itself. */
  tokens: ServiceTokens | undefined;
  logger: Logger;
  onFault: (error: unknown, requestId: string) => void;
}

/** Wires what runs one graph's subscriptions once for everybody; undefined where nothing is declared or there is no key. */
export function createBroadcasting(options: BroadcastingOptions): BroadcastService | undefined {
  const { supergraph, declared, tokens, logger, onFault } = options;
  if (!declared || !tokens || declared.subscriptions.length === 0) return undefined;
  const transports = new Map(
    [...options.transports].map(([subgraph, transport]) => {
      const schema = () => supergraph.subgraphSchema(subgraph);
      return [subgraph, new OwnBehalfTransport({ subgraph, transport, schema, tokens })];
    }),
  );
  return {
    rules: new BroadcastRules(supergraph.schema, declared),
    transports,
    executor: new GraphExecutor(supergraph, subgraphSources(transports, logger)),
    write: (result, requestId) => Buffer.from(JSON.stringify(presented(result, requestId, onFault))),
  };
}

function presented(
  { data, errors }: ExecutionResult,
  requestId: string,
  onFault: (error: unknown, requestId: string) => void,
): object {
  if (!errors) return { data };
  const shown = errors.map((error) => {
    const { locations: _locations, ...told } = presentError(error, requestId, (fault) => onFault(fault, requestId));
    return told;
  });
  return { data, errors: shown };
}
