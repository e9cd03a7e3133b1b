import type { Metrics } from '../telemetry/metrics.js';
import type { EventObserver } from './observer.js';

/** Counts how events travel in a process's Prometheus metrics; rooms that share a process may each ask for it. */
export function eventMetrics(metrics: Metrics): EventObserver {
  const relayed = (what: string) =>
    metrics.counter({ name: `events_${what}_total`, help: `Events ${what} by relays`, labelNames: ['stream'] });
  const taken = (what: string) =>
    metrics.counter({
      name: `events_${what}_total`,
      help: `Events ${what.replace('_', '-')} by consumer groups`,
      labelNames: ['consumer', 'stream', 'type'],
    });
  const numberedTotal = relayed('numbered');
  const publishedTotal = relayed('published');
  const consumedTotal = taken('consumed');
  const failedTotal = taken('failed');
  const deadLetteredTotal = taken('dead_lettered');
  const lag = metrics.gauge({
    name: 'events_consumer_lag',
    help: 'Events that a consumer group has still to look at',
    labelNames: ['consumer', 'stream'],
  });
  return {
    numbered: (stream, count) => numberedTotal.inc({ stream }, count),
    published: (stream, count) => publishedTotal.inc({ stream }, count),
    consumed: (consumer, stream, type) => consumedTotal.inc({ consumer, stream, type }),
    failed: (consumer, stream, type) => failedTotal.inc({ consumer, stream, type }),
    deadLettered: (consumer, stream, type) => deadLetteredTotal.inc({ consumer, stream, type }),
    lagged: (consumer, stream, events) => lag.set({ consumer, stream }, events),
  };
}
