import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { type SubgraphTransport, SubgraphUnreachable } from '../transports/subgraph-transport.js';

/** Watches the way to a subgraph. The same way is always watched by the same. */
export type ObserveTransport = (subgraph: string, transport: SubgraphTransport) => SubgraphTransport;

/** Measures what the gateway fetches: `gateway_subgraph_fetch_duration_seconds{subgraph, outcome}`. */
export function useFetchMetrics(metrics: Metrics): ObserveTransport {
  const duration = metrics.histogram({
    name: 'gateway_subgraph_fetch_duration_seconds',
    help: 'Time of one fetch from a subgraph',
    labelNames: ['subgraph', 'outcome'],
  });
  const known = new WeakMap<SubgraphTransport, SubgraphTransport>();
  return (subgraph, transport) => {
    const before = known.get(transport);
    if (before) return before;
    const observed = measured(subgraph, transport);
    known.set(transport, observed);
    return observed;
  };

  function measured(subgraph: string, transport: SubgraphTransport): SubgraphTransport {
    return {
      async execute(request, metadata, terms) {
        const observe = duration.startTimer({ subgraph });
        try {
          const result = await transport.execute(request, metadata, terms);
          observe({ outcome: result.errors ? 'errors' : 'ok' });
          return result;
        } catch (error) {
          observe({ outcome: error instanceof SubgraphUnreachable ? error.reason : 'unreachable' });
          throw error;
        }
      },
      subscribe: (request, metadata, signal) => transport.subscribe(request, metadata, signal),
      isReachable: () => transport.isReachable(),
      close: () => transport.close(),
    };
  }
}
