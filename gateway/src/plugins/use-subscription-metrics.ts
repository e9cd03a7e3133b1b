import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';

/** Shows how many upstream subscriptions are open: `gateway_upstream_subscriptions`. */
export function useSubscriptionMetrics(upstreams: { readonly size: number }, metrics: Metrics): void {
  metrics.gauge({
    name: 'gateway_upstream_subscriptions',
    help: 'Subscriptions that are open at subgraphs, each shared by the clients that fit',
    collect() {
      this.set(upstreams.size);
    },
  });
}
