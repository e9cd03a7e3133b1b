import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { GraphQLError } from 'graphql';
import { BoundedNames } from '../insight/bounded-names.js';
import type { SubscriptionEnding } from '../subscriptions/client-subscription.js';
import type { LiveSubscriptions, SubscriptionEnded } from '../subscriptions/live-subscriptions.js';

const MOST_REASONS = 50;

/**
 * Counts subscriptions of clients that are over: `gateway_subscription_endings_total{field, reason}`, where the reason is
 * `left`, `complete` or the code of an error, such as `SUBSCRIPTION_LAGGED`.
 */
export function countSubscriptionEndings(metrics: Metrics): SubscriptionEnded {
  const endings = metrics.counter({
    name: 'gateway_subscription_endings_total',
    help: 'Live subscriptions of clients that are over, and why',
    labelNames: ['field', 'reason'],
  });
  const reasons = new BoundedNames(MOST_REASONS);
  return (field, ending) => endings.inc({ field, reason: reasons.of(reasonOf(ending)) });
}

/**
 * Shows the live subscriptions of clients by field, `gateway_live_subscriptions{field}`; how many events wait for clients
 * that read slowly, `gateway_subscription_events_waiting{of}` (`all` of them, and the `slowest`); how many upstream
 * subscriptions are open, `gateway_upstream_subscriptions`; and how many clients hear one that the gateway opened for
 * everybody, `gateway_broadcast_listeners`.
 */
export function useSubscriptionMetrics(live: LiveSubscriptions, metrics: Metrics): void {
  metrics.gauge({
    name: 'gateway_live_subscriptions',
    help: 'Live subscriptions of clients, by the field that they subscribe to',
    labelNames: ['field'],
    collect() {
      this.reset();
      for (const { field } of live.all()) this.inc({ field });
    },
  });
  metrics.gauge({
    name: 'gateway_subscription_events_waiting',
    help: 'Events that wait until a client has taken those before: of all clients, and of the slowest one',
    labelNames: ['of'],
    collect() {
      let all = 0;
      let most = 0;
      for (const { results } of live.all()) {
        all += results.waitingEvents;
        most = Math.max(most, results.waitingEvents);
      }
      this.set({ of: 'all' }, all);
      this.set({ of: 'slowest' }, most);
    },
  });
  metrics.gauge({
    name: 'gateway_upstream_subscriptions',
    help: 'Subscriptions that are open at subgraphs, each shared by the clients that fit',
    collect() {
      this.set(live.upstreams.size);
    },
  });
  metrics.gauge({
    name: 'gateway_broadcast_listeners',
    help: 'Live subscriptions of clients that hear an upstream subscription of the gateway itself',
    collect() {
      this.set(live.broadcasts.listeners);
    },
  });
}

function reasonOf(ending: SubscriptionEnding): string {
  if (ending === 'left') return 'left';
  const { error } = ending;
  if (error === undefined) return 'complete';
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
