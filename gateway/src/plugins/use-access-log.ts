import type { FastifyInstance } from 'fastify';

/** Paths whose visitors come every few seconds; they are logged at `debug`. */
const FREQUENT = new Set(['/health/live', '/health/ready', '/metrics']);

/** Logs one line for each request: what, how it ended, how long it took. */
export function useAccessLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    };
    if (FREQUENT.has(route)) request.log.debug(line, 'Answered');
    else request.log.info(line, 'Answered');
  });
}
