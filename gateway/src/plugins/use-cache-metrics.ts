import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { GraphHolder } from '../graph/graph-holder.js';
import type { CacheUse } from '../insight/cache-use.js';

/**
 * Shows what the caches of the running graph do: `gateway_cache_lookups_total{cache, outcome}` and
 * `gateway_cache_entries{cache}`, of plans and documents. A graph that takes another's place begins with empty ones.
 */
export function useCacheMetrics(graphs: GraphHolder, metrics: Metrics): void {
  const shown = new WeakMap<CacheUse, { hits: number; misses: number }>();
  const caches = (): [string, CacheUse][] => {
    const { supergraph, documents } = graphs.current;
    return [
      ['plan', supergraph.planUse],
      ['document', documents.use],
    ];
  };
  metrics.counter({
    name: 'gateway_cache_lookups_total',
    help: 'What was looked for in a cache, and whether it was there',
    labelNames: ['cache', 'outcome'],
    collect() {
      for (const [cache, use] of caches()) {
        const { hits, misses } = use;
        const before = shown.get(use) ?? { hits: 0, misses: 0 };
        this.inc({ cache, outcome: 'hit' }, hits - before.hits);
        this.inc({ cache, outcome: 'miss' }, misses - before.misses);
        shown.set(use, { hits, misses });
      }
    },
  });
  metrics.gauge({
    name: 'gateway_cache_entries',
    help: 'What a cache holds',
    labelNames: ['cache'],
    collect() {
      for (const [cache, use] of caches()) this.set({ cache }, use.size);
    },
  });
}
