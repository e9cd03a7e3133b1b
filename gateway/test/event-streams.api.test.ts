import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Client, createClient, type ExecutionResult } from 'graphql-sse';
import { EventSource } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, until } from './world/client.js';
import { HttpStream, type StreamOptions } from './world/http-stream.js';
import { type RunningWorld, startWorld } from './world/world.js';

const EVENT_STREAM = 'text/event-stream';
const ORDER_CHANGED = `subscription Changed($after: String) {
  orderChanged(orderId: "1", after: $after) { cursor }
}`;
const changed = (cursor: string) => ({ data: { orderChanged: { cursor } } });

let running: RunningWorld;
let client: Client;
const streams: HttpStream[] = [];

beforeEach(async () => {
  running = await startWorld();
  client = createClient({ url: running.url, retryAttempts: 0 });
});
afterEach(async () => {
  client.dispose();
  for (const stream of streams.splice(0)) stream.leave();
  await running.close();
});

async function open(options: Partial<StreamOptions> & Pick<StreamOptions, 'query'>): Promise<HttpStream> {
  const stream = await HttpStream.open(running.url, { accept: EVENT_STREAM, ...options });
  streams.push(stream);
  return stream;
}

async function results(query: string): Promise<ExecutionResult[]> {
  const all: ExecutionResult[] = [];
  for await (const result of client.iterate({ query })) all.push(result as ExecutionResult);
  return all;
}

describe('the client of graphql-sse', () => {
  test('hears a subscription, and its leaving ends it upstream', async () => {
    const iterator = client.iterate({ query: ORDER_CHANGED });
    expect((await iterator.next()).value).toEqual(changed('0'));
    running.world.log.append('1');
    expect((await iterator.next()).value).toEqual(changed('1'));
    await iterator.return?.();
    await until(() => running.gateway.upstreams.size === 0 && running.world.log.open === 0);
  });

  test('gets one result of a query or mutation, and its end', async () => {
    expect(await results('{ order(id: "1") { title author { name } } }')).toEqual([
      { data: { order: { title: 'Algebra', author: { name: 'Person p1' } } } },
    ]);
    expect(await results('mutation { renameOrder(id: "1", title: "Logic") { order { title } } }')).toEqual([
      { data: { renameOrder: { order: { title: 'Logic' } } } },
    ]);
  });

  test('is told by an event what is wrong with its operation', async () => {
    const [result, ...more] = await results('subscription { nothing }');
    expect(result?.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect(more).toEqual([]);
  });

  test('comes back behind its last position when the gateway was closed', async () => {
    const iterator = client.iterate({ query: ORDER_CHANGED });
    expect((await iterator.next()).value).toEqual(changed('0'));
    const broken = iterator.next();
    await running.gateway.close();
    // Broken off, not completed: only so does the client try again.
    await expect(broken).rejects.toThrow();
  });
});

describe('a browser, which can only GET', () => {
  test('goes on behind the last event that it was given', async () => {
    for (let count = 0; count < 3; count += 1) running.world.log.append('1');
    const headers = { 'last-event-id': '2', 'sec-fetch-site': 'same-origin' };
    const stream = await open({ query: ORDER_CHANGED, method: 'GET', headers });
    expect(await stream.next()).toEqual({ ...changed('2'), id: '2' });
    expect(await stream.next()).toEqual({ ...changed('3'), id: '3' });
  });

  test('comes back by itself when its connection is cut, and misses nothing', async () => {
    const cuttable = await startCuttableWay(new URL(running.url));
    const source = new EventSource(`${cuttable.origin}/graphql?${new URLSearchParams({ query: ORDER_CHANGED })}`);
    const heard: unknown[] = [];
    source.addEventListener('next', (event) => {
      if ('data' in event) heard.push(JSON.parse(String(event.data)));
    });
    await until(() => heard.length === 1);
    running.world.log.append('1');
    await until(() => heard.length === 2);
    cuttable.cut();
    running.world.log.append('1');
    running.world.log.append('1');
    await until(() => heard.length === 5);
    // What it heard last is where it goes on.
    expect(heard).toEqual([changed('0'), changed('1'), changed('1'), changed('2'), changed('3')]);
    source.close();
    await until(() => running.gateway.upstreams.size === 0);
    cuttable.close();
  });

  test('trusts that event more than the position in its address, which it began with', async () => {
    for (let count = 0; count < 3; count += 1) running.world.log.append('1');
    const headers = { 'last-event-id': '2' };
    const stream = await open({ query: ORDER_CHANGED, variables: { after: '0' }, method: 'GET', headers });
    expect(await stream.next()).toMatchObject(changed('2'));
  });

  test('is told when an event names a position that is gone', async () => {
    for (let count = 0; count < 5; count += 1) running.world.log.append('1');
    running.world.log.oldest = 4;
    const stream = await open({ query: ORDER_CHANGED, method: 'GET', headers: { 'last-event-id': '1' } });
    const [refusal, end] = await stream.rest();
    expect(refusal?.errors?.[0]?.extensions).toMatchObject({ code: 'RESUME_GAP', cursor: '1' });
    expect(end).toEqual({ isEnd: true });
  });

  test('cannot be made to by a page of another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const stream = await open({ query: ORDER_CHANGED, method: 'GET', headers });
    expect(stream.status).toBe(403);
    expect(running.world.log.open).toBe(0);
  });

  test('cannot change anything', async () => {
    const query = 'mutation { renameOrder(id: "1", title: "Logic") { order { title } } }';
    expect((await open({ query, method: 'GET' })).status).toBe(405);
    expect(running.world.titles.get('1')).toBe('Algebra');
  });
});

/** Passes bytes on, to and fro, until it is cut. */
async function startCuttableWay({ hostname: host, port }: URL) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host, port: Number(port) });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    close: () => server.close(),
  };
}

test('who subscribes and accepts JSON only is told of all three ways', async () => {
  const { status, body } = await ask(running.url, ORDER_CHANGED);
  expect(status).toBe(400);
  for (const way of ['graphql-transport-ws', 'text/event-stream', 'multipart/mixed;subscriptionSpec=1.0']) {
    expect(body.errors?.[0]?.message).toContain(way);
  }
});

test('a token that proves nothing is refused with 401 before any stream begins', async () => {
  const trusted = await startWorld({
    verify: async () => {
      throw new Error('unreachable');
    },
  });
  const stream = await HttpStream.open(trusted.url, {
    accept: EVENT_STREAM,
    query: ORDER_CHANGED,
    headers: { authorization: 'Basic abc' },
  });
  expect(stream.status).toBe(401);
  await stream.json();
  await trusted.close();
});
