import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';

/** Measures what the gateway fetches: `gateway_subgraph_fetch_duration_seconds{subgraph, outcome}`. */
export function useFetchMetrics(
  transports: ReadonlyMap<string, SubgraphTransport>,
  metrics: Metrics,
): ReadonlyMap<string, SubgraphTransport> {
  const duration = metrics.histogram({
    name: 'gateway_subgraph_fetch_duration_seconds',
    help: 'Time of one fetch from a subgraph',
    labelNames: ['subgraph', 'outcome'],
  });
  return new Map([...transports].map(([subgraph, transport]) => [subgraph, measured(subgraph, transport)]));

  function measured(subgraph: string, transport: SubgraphTransport): SubgraphTransport {
    return {
      async execute(request, metadata) {
        const observe = duration.startTimer({ subgraph });
        try {
          const result = await transport.execute(request, metadata);
          observe({ outcome: result.errors ? 'errors' : 'ok' });
          return result;
        } catch (error) {
          observe({ outcome: 'unreachable' });
          throw error;
        }
      },
      subscribe: (request, metadata, signal) => transport.subscribe(request, metadata, signal),
      isReachable: () => transport.isReachable(),
      close: () => transport.close(),
    };
  }
}
