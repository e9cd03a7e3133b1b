import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';

/**
 * Shows how many upstream subscriptions are open, `gateway_upstream_subscriptions`, and how many clients hear one that
 * the gateway opened for everybody, `gateway_broadcast_listeners`.
 */
export function useSubscriptionMetrics(
  upstreams: { readonly size: number },
  broadcasts: { readonly listeners: number } | undefined,
  metrics: Metrics,
): void {
  metrics.gauge({
    name: 'gateway_upstream_subscriptions',
    help: 'Subscriptions that are open at subgraphs, each shared by the clients that fit',
    collect() {
      this.set(upstreams.size);
    },
  });
  metrics.gauge({
    name: 'gateway_broadcast_listeners',
    help: 'Live subscriptions of clients that hear an upstream subscription of the gateway itself',
    collect() {
      this.set(broadcasts?.listeners ?? 0);
    },
  });
}
