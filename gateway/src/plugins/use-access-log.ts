import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { FastifyInstance } from 'fastify';
import { ENDPOINT } from '../http/graphql-http.js';

/** Paths whose visitors come every few seconds; they are logged at `debug`. */
const FREQUENT = new Set(['/health/live', '/health/ready', '/metrics']);

/**
 * Logs one line for each request: what, how it ended, how long it took. Of GraphQL only what was refused by its status: the
 * log of operations tells of the others.
 */
export function useAccessLog(app: FastifyInstance, logger: Logger): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const isToldElsewhere = FREQUENT.has(route) || (route === ENDPOINT && reply.statusCode < 400);
    const level = isToldElsewhere ? 'debug' : 'info';
    if (!logger.isLevelEnabled(level)) return done();
    const line = {
      requestId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    };
    logger[level](line, 'Answered');
    done();
  });
}
