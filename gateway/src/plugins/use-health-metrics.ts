import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { FetchWatch, SubgraphHealth } from '../transports/fetch-watch.js';

/** Counts retries, `gateway_fetch_retries_total{subgraph, kind}`, and `gateway_breaker_openings_total{subgraph}`. */
export function useRetryMetrics(metrics: Metrics): FetchWatch {
  const retries = metrics.counter({
    name: 'gateway_fetch_retries_total',
    help: 'Fetches that failed and were sent again, went to another replica, or were not sent again as the budget was spent',
    labelNames: ['subgraph', 'kind'],
  });
  const openings = metrics.counter({
    name: 'gateway_breaker_openings_total',
    help: 'Times that a subgraph was left alone because too many fetches failed',
    labelNames: ['subgraph'],
  });
  return {
    retry: (subgraph, kind) => retries.inc({ subgraph, kind }),
    rests: (subgraph) => openings.inc({ subgraph }),
  };
}

/** Shows who is left alone just now: `gateway_breaker_open{subgraph}` and `gateway_replica_resting{subgraph, replica}`, 0 or 1. */
export function useHealthMetrics(metrics: Metrics, health: () => readonly SubgraphHealth[]): void {
  metrics.gauge({
    name: 'gateway_breaker_open',
    help: 'Is the subgraph left alone because too many fetches failed?',
    labelNames: ['subgraph'],
    collect() {
      // One that is gone from the supergraph is gone from here.
      this.reset();
      for (const { subgraph, isResting } of health()) this.set({ subgraph }, Number(isResting));
    },
  });
  metrics.gauge({
    name: 'gateway_replica_resting',
    help: 'Is the replica asked last because it failed a moment ago?',
    labelNames: ['subgraph', 'replica'],
    collect() {
      this.reset();
      for (const { subgraph, replicas } of health()) {
        for (const { host, isResting } of replicas) this.set({ subgraph, replica: host }, Number(isResting));
      }
    },
  });
}
