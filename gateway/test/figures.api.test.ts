import type { Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, connect, Live, until } from './world/client.js';
import { readFigures } from './world/figures.js';
import { type RunningWorld, startWorld } from './world/world.js';

const ORDERS = 'query Orders { orders { id title author { name } } }';

let running: RunningWorld;
const clients: Client[] = [];

beforeEach(async () => {
  running = await startWorld({ operationNames: new Set(['Orders']), settings: { subscriptionBuffer: 3 } });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await running.close();
});

function client(): Client {
  const opened = connect(running.url);
  clients.push(opened);
  return opened;
}

describe('figures of operations', () => {
  test('tell known operations by name, and how each ended', async () => {
    await ask(running.url, ORDERS);
    await ask(running.url, 'query Orders { broken }');
    await ask(running.url, 'query MadeUp { orders { id } }');
    await ask(running.url, '{ orders { id } }');
    await ask(running.url, 'query Orders { nothing }');
    const figures = await readFigures(running.url);
    const count = (labels: string) => figures.get(`gateway_operation_duration_seconds_count{${labels}}`);
    expect(count('operation="Orders",outcome="ok"')).toBe(1);
    expect(count('operation="Orders",outcome="errors"')).toBe(1);
    expect(count('operation="other",outcome="ok"')).toBe(1);
    expect(count('operation="anonymous",outcome="ok"')).toBe(1);
    expect(count('operation="unread",outcome="refused"')).toBe(1);
    expect(figures.get('gateway_operations_total{type="query",transport="http",outcome="ok"}')).toBe(3);
    expect(figures.get('gateway_operation_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(figures.get('gateway_operation_fetches_bucket{le="1",operation="anonymous"}')).toBe(1);
  });

  test('do not grow with the names that clients make up', async () => {
    for (let index = 0; index < 20; index++) await ask(running.url, `query Q${index} { orders { id } }`);
    const names = [...(await readFigures(running.url)).keys()].filter((name) =>
      name.startsWith('gateway_operation_duration_seconds_count'),
    );
    expect(names).toEqual(['gateway_operation_duration_seconds_count{operation="other",outcome="ok"}']);
  });

  test('count the fetches of each subgraph, and what need not be asked for', async () => {
    await ask(running.url, '{ a: order(id: "1") { author { name } next { author { name } } } }');
    const figures = await readFigures(running.url);
    expect(figures.get('gateway_subgraph_fetch_duration_seconds_count{subgraph="people",outcome="ok"}')).toBe(1);
    const saved = [...figures].filter(([name]) => name.startsWith('gateway_saved_total{subgraph="people"'));
    expect(saved.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(0);
  });

  test('count HTTP answers by status', async () => {
    await ask(running.url, '{ orders { id } }');
    await ask(running.url, '{ nothing }');
    const figures = await readFigures(running.url);
    const count = (status: number) =>
      figures.get(`http_request_duration_seconds_count{method="POST",route="/graphql",status="${status}"}`);
    expect([count(200), count(400)]).toEqual([1, 1]);
  });

  test('tell what the caches of plans and documents do', async () => {
    const before = await readFigures(running.url);
    for (let round = 0; round < 3; round++) await ask(running.url, 'query CachedOnce { orders { title } }');
    const figures = await readFigures(running.url);
    const grown = (name: string) => (figures.get(name) ?? 0) - (before.get(name) ?? 0);
    for (const cache of ['plan', 'document']) {
      expect(grown(`gateway_cache_lookups_total{cache="${cache}",outcome="hit"}`)).toBe(2);
      expect(grown(`gateway_cache_lookups_total{cache="${cache}",outcome="miss"}`)).toBe(1);
      expect(grown(`gateway_cache_entries{cache="${cache}"}`)).toBe(1);
    }
  });
});

describe('figures of live connections', () => {
  test('tell what runs by field, not by the name that a client gives it', async () => {
    const live = new Live(client(), 'subscription { mine: orderChanged(orderId: "1") { cursor } }');
    await live.next();
    const during = await readFigures(running.url);
    expect(during.get('gateway_live_subscriptions{field="orderChanged"}')).toBe(1);
    expect(during.get('gateway_upstream_subscriptions')).toBe(1);
    expect(during.get('gateway_sockets')).toBe(1);
    await live.end();
    await until(() => running.gateway.upstreams.size === 0);
    const after = await readFigures(running.url);
    expect(after.get('gateway_live_subscriptions{field="orderChanged"}')).toBeUndefined();
    expect(after.get('gateway_subscription_endings_total{field="orderChanged",reason="left"}')).toBe(1);
  });

  test('tell of clients that lag', async () => {
    const live = new Live(client(), 'subscription { ticks { number author { name } } }');
    const first = live.next();
    await until(() => running.gateway.upstreams.size === 1);
    // The client is still being answered the first when the others have come.
    for (let number = 0; number < 50; number++) running.world.ticks.push({ number, author: { id: 'p1' } });
    await first;
    await live.failure();
    await until(() => running.gateway.upstreams.size === 0);
    const figures = await readFigures(running.url);
    expect(figures.get('gateway_subscription_endings_total{field="ticks",reason="SUBSCRIPTION_LAGGED"}')).toBe(1);
    expect(figures.get('gateway_subscription_events_waiting{of="all"}')).toBe(0);
  });

  test('tell why connections were closed, in a bounded number of words', async () => {
    const closed = async (talk: (socket: WebSocket) => void): Promise<void> => {
      const socket = new WebSocket(running.url.replace('http', 'ws'), 'graphql-transport-ws');
      await new Promise((resolve) => socket.once('open', resolve));
      const over = new Promise((resolve) => socket.once('close', resolve));
      talk(socket);
      await over;
    };
    await closed((socket) => socket.send('nonsense'));
    await closed((socket) => socket.close(1000, 'bye'));
    for (let code = 4_700; code < 4_705; code++) await closed((socket) => socket.close(code, `words ${code}`));
    const figures = await readFigures(running.url);
    const closes = [...figures].filter(([name]) => name.startsWith('gateway_socket_closes_total'));
    expect(new Map(closes)).toEqual(
      new Map([
        ['gateway_socket_closes_total{code="4400",reason="bad request"}', 1],
        ['gateway_socket_closes_total{code="1000",reason="normal"}', 1],
        ['gateway_socket_closes_total{code="other",reason="other"}', 5],
      ]),
    );
    expect(figures.get('gateway_sockets')).toBe(0);
  });
});
