import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { FastifyInstance } from 'fastify';
import { ENDPOINT } from '../http/graphql-http.js';
import { EventLoop } from '../overload/event-loop.js';
import { LoadLimit, overloaded } from '../overload/load-limit.js';
import type { Limits } from '../settings.js';

/** Options of refusing what is too much. */
export interface LoadLimitOptions {
  limits: Pick<Limits, 'operations' | 'loopDelayMs'>;
  metrics: Metrics;
}

/**
 * Answers 503 with `Retry-After` to GraphQL requests while the gateway is overloaded, before their body is read. Health,
 * metrics and connections that are open already are served as ever.
 *
 * Shows `gateway_operations_running`, and `gateway_requests_refused_total`, which counts requests over HTTP that were refused.
 *
 * @returns what also refuses operations that come by other ways, and those that got past the first check together
 */
export function useLoadLimit(app: FastifyInstance, { limits, metrics }: LoadLimitOptions): LoadLimit {
  const loop = new EventLoop();
  const load = new LoadLimit(limits, loop);
  metrics.gauge({
    name: 'gateway_operations_running',
    help: 'Queries and mutations that run, and subscriptions that begin',
    collect() {
      this.set(load.size);
    },
  });
  const refusals = metrics.counter({
    name: 'gateway_requests_refused_total',
    help: 'Requests that were refused unread because of overload',
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url !== ENDPOINT || !load.isReached) return done();
    refusals.inc();
    const refusal = overloaded();
    const [error] = refusal.errors;
    reply.header('retry-after', String(error?.extensions['retryAfter']));
    done(refusal);
  });
  app.addHook('onClose', async () => loop.close());
  return load;
}
