import { registerOperations } from '@tutorgraph/kit/telemetry/http';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { FastifyInstance } from 'fastify';
import type { GraphHolder } from '../graph/graph-holder.js';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';

/** Options of what operators see. */
export interface OperationsOptions {
  metrics: Metrics;
  /** Each subgraph of the graph that runs has to be reachable for the gateway to be ready. */
  graphs: GraphHolder;
  /** True once the process was told to stop. */
  isDraining: () => boolean;
  /** What else `/health/ready` says. */
  details: () => Record<string, unknown>;
}

/** How long an answer about a subgraph stands, so that asking for readiness does not load the subgraphs. */
const REMEMBER_MS = 1_000;

/** Serves `/metrics`, `/health/live` and `/health/ready`: ready is a gateway that reaches every subgraph. */
export function useOperations(app: FastifyInstance, { metrics, graphs, isDraining, details }: OperationsOptions): void {
  const known = new WeakMap<SubgraphTransport, () => Promise<void>>();
  const checkOf = (transport: SubgraphTransport): (() => Promise<void>) => {
    const check = known.get(transport) ?? reachability(transport);
    known.set(transport, check);
    return check;
  };
  const checks = () => [...graphs.current.transports].map(([name, transport]) => ({ name, check: checkOf(transport) }));
  registerOperations(app, { metrics, checks, isDraining, details });
}

function reachability(transport: SubgraphTransport): () => Promise<void> {
  let asked: Promise<boolean> | undefined;
  let askedAt = 0;
  return async () => {
    if (!asked || performance.now() - askedAt > REMEMBER_MS) {
      askedAt = performance.now();
      asked = transport.isReachable();
    }
    if (!(await asked)) throw new Error('No replica answers');
  };
}
