import { request } from 'node:http';
import { newId } from '@tutorgraph/kit/database/id';
import { afterEach, describe, expect, it } from 'vitest';
import { inProcessTransport } from '../src/transports/in-process-transport.js';
import { RemoteTransport } from '../src/transports/remote-transport.js';
import { ProtocolSocket } from './conformance/protocol-socket.js';
import { ask, connect, until } from './world/client.js';
import { type MoodyReplica, startMoodyReplica } from './world/moody-replica.js';
import { createWorld, ordersSubgraph, peopleSubgraph } from './world/subgraphs.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const TREE = '{ order(id: "1") { title author { name } } }';
const RENAME = 'mutation { renameOrder(id: "1", title: "Logic") { order { title } } }';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function start(options: WorldOptions): Promise<RunningWorld> {
  const running = await startWorld(options);
  opened.push(running);
  return running;
}

/** A gateway before a subgraph that does as it is told. */
async function startMoody(
  name: 'orders' | 'people',
  options: WorldOptions = {},
): Promise<{ url: string; replica: MoodyReplica }> {
  const world = createWorld();
  const replica = await startMoodyReplica(name === 'orders' ? ordersSubgraph(world) : peopleSubgraph(world));
  const transport = new RemoteTransport(name, [replica.url], { retries: { most: 0 } });
  opened.push(replica, transport);
  const { url } = await start({ ...options, transports: { [name]: transport } });
  return { url, replica };
}

describe('an operation of which a part does not come', () => {
  it('is answered with the rest when its time is over, and says which service was late', async () => {
    const { url, replica } = await startMoody('people', { limits: { requestTimeoutMs: 1_000 } });
    const query = '{ order(id: "1") { title } person(id: "1") { name } }';
    await ask(url, query);
    replica.mood = 'silent';
    const { status, body } = await ask(url, query);
    expect(status).toBe(200);
    expect(body.data).toEqual({ order: { title: 'Algebra' }, person: null });
    expect(body.errors).toEqual([
      {
        message: 'A part of the graph did not answer in time; try again shortly',
        path: ['person'],
        extensions: { code: 'SERVICE_TIMEOUT', service: 'people', requestId: expect.any(String) },
      },
    ]);
  });

  it('waits as long as its client says, if that is less', async () => {
    const { url, replica } = await startMoody('people');
    await ask(url, TREE);
    replica.mood = 'silent';
    const { body } = await ask(url, TREE, { headers: { 'x-request-timeout-ms': '1000' } });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_TIMEOUT', service: 'people' });
    expect(Number(replica.headers['x-request-timeout-ms'])).toBeLessThanOrEqual(1_000);
    await until(() => replica.left === 1);
  });

  it('takes what is no number of milliseconds, or more than anybody may have, for the usual time', async () => {
    const { url, replica } = await startMoody('people', { limits: { requestTimeoutMs: 10_000 } });
    for (const asked of ['soon', '-1', '0', '1.5', '99999999', '9999999999999999']) {
      const { body } = await ask(url, TREE, { headers: { 'x-request-timeout-ms': asked } });
      expect(body.errors).toBeUndefined();
      expect(Number(replica.headers['x-request-timeout-ms'])).toBeGreaterThan(100);
      expect(Number(replica.headers['x-request-timeout-ms'])).toBeLessThanOrEqual(10_000);
    }
  });

  it('says so at each path that waited for it', async () => {
    const { url, replica } = await startMoody('people');
    await replica.close();
    opened.splice(opened.indexOf(replica), 1);
    const { body } = await ask(url, '{ a: order(id: "1") { author { name } } b: order(id: "2") { author { name } } }');
    const told = body.errors?.map(({ path, extensions: { code, service } }) => ({ path, code, service }));
    expect(told).toEqual(
      ['a', 'b'].map((alias) => ({ path: [alias, 'author'], code: 'SERVICE_UNAVAILABLE', service: 'people' })),
    );
  });

  it('tells who made a change that it may have happened', async () => {
    const { url, replica } = await startMoody('orders');
    replica.mood = 'dying';
    const { body } = await ask(url, RENAME);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('look first whether it was done'),
      path: ['renameOrder'],
      extensions: { code: 'SERVICE_UNAVAILABLE', service: 'orders' },
    });
    expect(replica.arrivals).toHaveLength(1);
  });

  it('is given up in this process too, and the subgraph hears of it', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const hanging = {
      ...peopleSubgraph(createWorld()),
      execute: (_request: unknown, _metadata: unknown, signal?: AbortSignal) => {
        signals.push(signal);
        return new Promise<never>(() => {});
      },
    };
    const limits = { requestTimeoutMs: 1_000 };
    const { url } = await start({ limits, transports: { people: inProcessTransport(hanging, 'people') } });
    const { body } = await ask(url, TREE);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_TIMEOUT', service: 'people' });
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});

describe('a client that goes away', () => {
  it.each([
    ['ends its query', TREE.replace('name', 'asked'), 'people' as const, 1],
    ['does not end its mutation', RENAME, 'orders' as const, 0],
  ])('over HTTP %s', async (_what, query, service, left) => {
    const { url, replica } = await startMoody(service);
    replica.mood = 'silent';
    const client = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    client.on('error', () => {});
    client.end(JSON.stringify({ query }));
    await until(() => replica.waiting === 1);
    client.destroy();
    if (left > 0) await until(() => replica.left === left);
    replica.mood = 'well';
    // Whatever ended is over when another request was answered.
    await ask(url, RENAME);
    expect(replica.left).toBe(left);
    await replica.answerAll();
  });

  it.each([
    ['an event stream', 'text/event-stream', TREE],
    [
      'a deferred part',
      'multipart/mixed; deferSpec=20220824',
      '{ order(id: "1") { title ... @defer { author { name } } } }',
    ],
  ])('ends a query that is answered as %s', async (_what, accept, query) => {
    const { url, replica } = await startMoody('people');
    replica.mood = 'silent';
    const client = request(url, { method: 'POST', headers: { 'content-type': 'application/json', accept } });
    client.on('error', () => {});
    client.on('response', (response) => response.on('error', () => {}).resume());
    client.end(JSON.stringify({ query }));
    await until(() => replica.waiting === 1);
    client.destroy();
    await until(() => replica.left === 1);
  });

  it('over WebSocket ends its query', async () => {
    const { url, replica } = await startMoody('people');
    replica.mood = 'silent';
    const client = connect(url);
    client.subscribe({ query: TREE }, { next: () => {}, error: () => {}, complete: () => {} });
    await until(() => replica.waiting === 1);
    client.terminate();
    await until(() => replica.left === 1);
  });
});

describe('an operation that its client completes over WebSocket', () => {
  it('is ended when it is a query; others on the connection go on', async () => {
    const { url, replica } = await startMoody('people');
    replica.mood = 'silent';
    const socket = await ProtocolSocket.connect(url);
    socket.subscribe('unwanted', TREE);
    socket.subscribe('wanted', TREE);
    await until(() => replica.waiting === 2);
    socket.complete('unwanted');
    await until(() => replica.left === 1);
    await replica.answerAll();
    expect(await socket.next()).toMatchObject({ id: 'wanted', type: 'next', payload: { data: { order: {} } } });
    expect(replica.left).toBe(1);
    socket.socket.terminate();
  });

  it('is carried out when it is a mutation that was sent', async () => {
    const { url, replica } = await startMoody('orders');
    replica.mood = 'silent';
    const socket = await ProtocolSocket.connect(url);
    socket.subscribe('change', RENAME);
    await until(() => replica.waiting === 1);
    socket.complete('change');
    // The answer to a ping comes after what was sent before it was done.
    expect(await socket.pending()).toEqual([]);
    expect(replica.left).toBe(0);
    await replica.answerAll();
    replica.mood = 'well';
    expect((await ask(url, '{ order(id: "1") { title } }')).body.data).toEqual({ order: { title: 'Logic' } });
    socket.socket.terminate();
  });

  it('is ended when the token of the connection expires, though the client does not answer', async () => {
    const { url, replica } = await startMoody('people', { verify: verifier.verify });
    replica.mood = 'silent';
    const socket = await ProtocolSocket.open(url);
    const authorization = await signToken({ sessionId: newId(), seconds: 2 });
    socket.send({ type: 'connection_init', payload: { authorization } });
    await socket.next();
    // It hears that it is closed, and does not answer.
    socket.socket.pause();
    socket.subscribe('live', TREE);
    await until(() => replica.waiting === 1);
    await until(() => replica.left === 1);
    socket.socket.terminate();
  });
});
