import { once } from 'node:events';
import { fastify } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { registerOperations } from './http.js';
import { Metrics } from './metrics.js';

const apps: { close(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

function createApp(options: Partial<Parameters<typeof registerOperations>[1]> = {}) {
  const app = fastify();
  apps.push(app);
  registerOperations(app, { metrics: new Metrics(), checks: [], isDraining: () => false, ...options });
  return app;
}

const well = async () => {};

describe('operations endpoints', () => {
  test('say ready when every check passes', async () => {
    const answer = await createApp({ checks: [{ name: 'database', check: well }] }).inject('/health/ready');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'ready', checks: { database: 'ok' } });
  });

  test('answer 503 and name the check that fails or takes too long, without its reason', async () => {
    let aborted: Promise<unknown> | undefined;
    const slow = (signal: AbortSignal) => {
      aborted = once(signal, 'abort');
      return new Promise<void>(() => {});
    };
    const app = createApp({
      checks: [
        { name: 'redis', check: well },
        { name: 'database', check: () => Promise.reject(new Error('password wrong')) },
        { name: 'bus', check: slow, timeoutMs: 10 },
      ],
    });
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({
      status: 'not ready',
      checks: { redis: 'ok', database: 'failed', bus: 'timed out' },
    });
    await aborted;
  });

  test('stay alive but not ready while draining', async () => {
    const app = createApp({ isDraining: () => true });
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
    expect((await app.inject('/health/ready')).json().status).toBe('draining');
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  });

  test('expose metrics of the process and of each route', async () => {
    const metrics = new Metrics().collectProcessMetrics();
    const app = createApp({ metrics });
    app.get('/orders/:id', () => 'one');
    await app.inject('/orders/7');
    const answer = await app.inject('/metrics');
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toContain('process_cpu_seconds_total');
    expect(answer.body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/orders/:id",status="200"} 1',
    );
  });
});

describe('metrics', () => {
  test('give the same metric to rooms that share a process', async () => {
    const metrics = new Metrics();
    metrics.counter({ name: 'sent', help: 'x', labelNames: ['room'] }).inc({ room: 'a' });
    metrics.counter({ name: 'sent', help: 'x', labelNames: ['room'] }).inc({ room: 'b' });
    expect((await metrics.expose()).body).toContain('sent{room="b"} 1');
    expect((await metrics.expose()).body).toContain('sent{room="a"} 1');
  });

  test('refuse one name for two kinds', () => {
    const metrics = new Metrics();
    metrics.gauge({ name: 'size', help: 'x' });
    expect(() => metrics.counter({ name: 'size', help: 'x' })).toThrow(/another kind/);
  });
});
