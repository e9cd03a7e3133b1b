import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** One thing without which the process cannot serve. */
export interface ReadinessCheck {
  /** Shown in the answer: `database`, `supergraph` … */
  name: string;
  /** Resolves when it is well, rejects otherwise. The signal aborts when the time is over. */
  check(signal: AbortSignal): Promise<unknown>;
  /** @default 2000 */
  timeoutMs?: number;
}

/** What a process shows to whoever operates it. */
export interface OperationsOptions {
  metrics: Metrics;
  /** What has to be well, or a function that tells what has to be now. */
  checks: readonly ReadinessCheck[] | (() => readonly ReadinessCheck[]);
  /** True from the moment the process was told to stop: it is not ready any more, so that traffic goes elsewhere. */
  isDraining: () => boolean;
  /** Shown beside the checks in `/health/ready`; says nothing about being ready. */
  details?: () => Record<string, unknown>;
}

type Outcome = 'ok' | 'failed' | 'timed out';

/**
 * Registers `/metrics`, `/health/live` (the event loop turns) and `/health/ready` (200, or 503 with the checks that
 * fail), and measures each request of the app by route, method and status. Reasons of failures are logged, not shown.
 */
export function registerOperations(app: FastifyInstance, options: OperationsOptions): void {
  measureRequests(app, options.metrics);
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) => {
    const { contentType, body } = await options.metrics.expose();
    return reply.type(contentType).send(body);
  });
  app.get('/health/live', { logLevel: 'warn' }, () => ({ status: 'alive' }));
  app.get('/health/ready', { logLevel: 'warn' }, async (request, reply) => {
    const checks = typeof options.checks === 'function' ? options.checks() : options.checks;
    const outcomes = await Promise.all(
      checks.map(async (check) => [check.name, await run(check, (err) => warn(check.name, err))] as const),
    );
    const isDraining = options.isDraining();
    const isReady = !isDraining && outcomes.every(([, outcome]) => outcome === 'ok');
    const status = isReady ? 'ready' : isDraining ? 'draining' : 'not ready';
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, checks: Object.fromEntries(outcomes), ...options.details?.() });

    function warn(check: string, err: unknown): void {
      request.log.warn({ err, check }, 'A readiness check failed');
    }
  });
}

async function run(
  { check, timeoutMs = 2_000 }: ReadinessCheck,
  onFailure: (error: unknown) => void,
): Promise<Outcome> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      resolve('timed out');
      limit.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([check(limit.signal).then((): Outcome => 'ok'), timedOut]);
  } catch (error) {
    onFailure(error);
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of an HTTP request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}
