import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Tracing } from '@tutorgraph/kit/telemetry/tracing';
import type { SubgraphTransport } from '../transports/subgraph-transport.js';
import { type ObserveTransport, useFetchMetrics } from './use-fetch-metrics.js';

/** Measures every fetch, and makes a span of it where somebody traces. */
export function observeFetches({
  metrics,
  tracing,
}: {
  metrics: Metrics;
  tracing?: Tracing | undefined;
}): ObserveTransport {
  const measure = useFetchMetrics(metrics);
  return tracing ? useFetchTraces(tracing, measure) : measure;
}

/** Makes a span of each fetch that is made under one, and names it to the subgraph, wherever that runs. */
function useFetchTraces(tracing: Tracing, measure: ObserveTransport): ObserveTransport {
  const known = new WeakMap<SubgraphTransport, SubgraphTransport>();
  return (subgraph, transport) => {
    const before = known.get(transport);
    if (before) return before;
    const observed = traced(subgraph, measure(subgraph, transport), tracing);
    known.set(transport, observed);
    return observed;
  };
}

function traced(subgraph: string, transport: SubgraphTransport, tracing: Tracing): SubgraphTransport {
  const attributes = { 'tutorgraph.subgraph': subgraph };
  return {
    async execute(request, metadata, terms) {
      if (metadata.traceparent === undefined) return transport.execute(request, metadata, terms);
      const span = tracing.start(`fetch ${subgraph}`, metadata.traceparent, { kind: 'client', attributes });
      try {
        const result = await transport.execute(request, { ...metadata, traceparent: span.traceparent }, terms);
        if (result.errors) span.fail(String(result.errors[0]?.extensions?.['code'] ?? 'GRAPHQL_ERROR'));
        return result;
      } catch (error) {
        span.fail(error);
        throw error;
      } finally {
        span.end();
      }
    },
    subscribe: (request, metadata, signal) => transport.subscribe(request, metadata, signal),
    isReachable: () => transport.isReachable(),
    close: () => transport.close(),
  };
}
