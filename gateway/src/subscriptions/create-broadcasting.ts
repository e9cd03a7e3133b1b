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
import { Broadcasts } from './broadcasts.js';
import type { BroadcastService } from './subscription-executor.js';
import { defaultRetry, type RetryOptions } from './upstream.js';

/** What the gateway has of what broadcasting needs. */
export interface BroadcastingOptions {
  supergraph: Supergraph;
  logger: Logger;
  retry?: RetryOptions;
  broadcasts?: { declared: GraphBroadcasts; tokens: ServiceTokens } | undefined;
}

/** Wires what runs subscriptions once for everybody; undefined where nothing is declared or the gateway has no key. */
export function createBroadcasting(
  { supergraph, logger, retry = defaultRetry, broadcasts }: BroadcastingOptions,
  transports: ReadonlyMap<string, SubgraphTransport>,
  onFault: (error: unknown, requestId: string) => void,
): BroadcastService | undefined {
  if (!broadcasts || broadcasts.declared.subscriptions.length === 0) return undefined;
  const { declared, tokens } = broadcasts;
  const own = new Map(
    [...transports].map(([subgraph, transport]) => {
      const schema = () => supergraph.subgraphSchema(subgraph);
      return [subgraph, new OwnBehalfTransport({ subgraph, transport, schema, tokens })];
    }),
  );
  const executor = new GraphExecutor(supergraph, subgraphSources(own, logger), logger);
  return {
    rules: new BroadcastRules(supergraph.schema, declared),
    broadcasts: new Broadcasts({ transports: own, executor }, retry),
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
