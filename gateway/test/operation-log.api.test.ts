import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { SubgraphTransport } from '../src/transports/subgraph-transport.js';
import { ask, connect } from './world/client.js';
import { keepLog } from './world/log-lines.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

let running: RunningWorld;
afterEach(() => running.close());

async function start(options: WorldOptions = {}) {
  const log = keepLog();
  running = await startWorld({ logger: log.logger, ...options });
  return log;
}

describe('the log of operations', () => {
  test('has one line for each, with its name, the beginning of its hash and its fetches, never its variables', async () => {
    const log = await start();
    const query = 'query One($id: ID!) { order(id: $id) { title author { name } } }';
    await ask(running.url, query, {
      variables: { id: 'ada@example.com' },
      headers: { 'x-request-id': 'request-0001' },
    });
    expect(log.of('Operation')).toEqual([
      expect.objectContaining({
        level: 'info',
        requestId: 'request-0001',
        operation: 'One',
        type: 'query',
        hash: createHash('sha256').update(query).digest('hex').slice(0, 12),
        transport: 'http',
        outcome: 'ok',
        fetches: 1,
        durationMs: expect.any(Number),
        cost: expect.any(Number),
      }),
    ]);
    expect(log.of('Answered')).toEqual([]);
    expect(log.text).not.toContain('ada@');
  });

  test('tells the codes of errors, also of what could not be read', async () => {
    const log = await start();
    await ask(running.url, '{ broken refused }');
    await ask(running.url, '{ nothing }');
    expect(log.of('Operation')).toMatchObject([
      { outcome: 'errors', codes: ['INTERNAL_SERVER_ERROR', 'FORBIDDEN'] },
      { outcome: 'refused', codes: ['GRAPHQL_VALIDATION_FAILED'], fetches: 0 },
    ]);
    expect(log.of('Answered')).toMatchObject([{ route: '/graphql', status: 400 }]);
  });

  test('tells of operations of sockets, too', async () => {
    const log = await start();
    const client = connect(running.url);
    for await (const _ of client.iterate({ query: 'query Live { orders { id } }' }));
    await client.dispose();
    expect(log.of('Operation')).toMatchObject([{ operation: 'Live', transport: 'websocket', fetches: 1 }]);
  });
});

describe('the log of slow operations', () => {
  test('has the plan and the times of the fetches, without any value', async () => {
    const log = await start({ settings: { slowOperationMs: 40 }, transportOf: slowed(50) });
    await ask(running.url, 'query Slow($id: ID!) { order(id: $id) { title } person(id: "secret-7") { name } }', {
      variables: { id: 'secret-1' },
    });
    const [line] = log.of('A slow operation');
    expect(line).toMatchObject({ level: 'warn', operation: 'Slow', type: 'query', outcome: 'ok' });
    expect(line?.['plan']).toContain('QueryPlan {');
    expect(line?.['plan']).toContain('Fetch(service: "people")');
    expect(line?.['fetches']).toEqual([
      expect.stringMatching(/^orders: at \d+\.\d ms, took \d+\.\d ms, ok$/),
      expect.stringMatching(/^people: at \d+\.\d ms, took \d+\.\d ms, ok$/),
    ]);
    expect(log.text).not.toContain('secret');
  });

  test('says nothing of fast ones', async () => {
    const log = await start();
    await ask(running.url, '{ orders { id } }');
    expect(log.of('A slow operation')).toEqual([]);
  });
});

/** A way to a subgraph that takes its time. */
function slowed(ms: number): (transport: SubgraphTransport) => SubgraphTransport {
  return (transport) => ({
    execute: async (...parameters) => {
      await delay(ms);
      return transport.execute(...parameters);
    },
    subscribe: (request, metadata, signal) => transport.subscribe(request, metadata, signal),
    isReachable: () => transport.isReachable(),
    close: () => transport.close(),
  });
}
