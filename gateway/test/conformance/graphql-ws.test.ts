import { once } from 'node:events';
import { newId } from '@tutorgraph/kit/database/id';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../world/client.js';
import { signToken } from '../world/tokens.js';
import { ALGEBRA, changed, ORDER, ProtocolScene, TICKS, TYPENAME } from './protocol-scene.js';
import { complete, next, ProtocolSocket } from './protocol-socket.js';

const scene = ProtocolScene.forEachTest();

describe('the sub-protocol', () => {
  test('is chosen among those that a client offers', async () => {
    const socket = await ProtocolSocket.open(scene.running.url, ['graphql-ws', 'graphql-transport-ws']);
    scene.kept(socket);
    expect(socket.socket.protocol).toBe('graphql-transport-ws');
  });

  test('is not agreed upon with a client that knows only the old one', async () => {
    const socket = new WebSocket(scene.running.url.replace('http', 'ws'), 'graphql-ws');
    const [error] = await once(socket, 'error');
    expect(error).toMatchObject({ message: 'Server sent no subprotocol' });
  });

  test('is demanded: without one the socket is closed with 4406', async () => {
    const socket = await ProtocolSocket.open(scene.running.url, []);
    expect(await socket.closed).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });
});

describe('ConnectionInit', () => {
  test.each([undefined, null, {}])('with payload %s is answered with ConnectionAck', async (payload) => {
    const socket = await scene.open();
    socket.send({ type: 'connection_init', payload });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
  });

  test('that does not come within three seconds closes with 4408', async () => {
    const socket = await scene.open();
    const openedAt = performance.now();
    expect(await socket.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    expect(performance.now() - openedAt).toBeGreaterThan(2_900);
  });

  test('that comes twice closes with 4429', async () => {
    const socket = await scene.connect();
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  test('that comes again while the first is looked at closes with 4429', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scene.verifying = promise;
    const socket = await scene.open();
    const payload = { authorization: await signToken({ sessionId: newId() }) };
    socket.send({ type: 'connection_init', payload }, { type: 'connection_init', payload });
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
    resolve();
  });

  test('with a token that proves nothing closes with 4403 and says why', async () => {
    const socket = await scene.open();
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    expect(await socket.closed).toEqual({ code: 4403, reason: expect.stringContaining('token') });
  });
});

describe('Ping and Pong', () => {
  test('a ping is answered before the connection is acknowledged, and after', async () => {
    const socket = await scene.open();
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.send({ type: 'connection_init' });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.send({ type: 'ping', payload: null });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });

  test('a ping may say something, which the pong does not repeat: it may be a token', async () => {
    const socket = await scene.connect();
    socket.send({ type: 'ping', payload: { at: 1, nested: [{}] } });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });

  test('a pong that nobody asked for, with a payload or without, is heard in silence', async () => {
    const socket = await scene.open();
    socket.send({ type: 'pong' }, { type: 'pong', payload: { alive: true } });
    expect(await socket.pending()).toEqual([]);
  });

  test('pings are answered while an operation runs', async () => {
    const socket = await scene.listening('live');
    socket.send({ type: 'ping' }, { type: 'ping' });
    expect(await socket.take(2)).toEqual([{ type: 'pong' }, { type: 'pong' }]);
  });
});

describe('Subscribe', () => {
  test('before ConnectionInit closes with 4401', async () => {
    const socket = await scene.open();
    socket.subscribe('early', ORDER);
    expect(await socket.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  test('before ConnectionAck closes with 4401, and nothing is run', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scene.verifying = promise;
    const socket = await scene.open();
    const authorization = await signToken({ sessionId: newId() });
    socket.send({ type: 'connection_init', payload: { authorization } });
    socket.subscribe('early', ORDER);
    expect(await socket.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
    resolve();
    expect(scene.running.world.fetches).toEqual([]);
  });

  test.each([
    ['query', ORDER, ALGEBRA],
    [
      'mutation',
      'mutation { renameOrder(id: "1", title: "Sets") { order { title } } }',
      { data: { renameOrder: { order: { title: 'Sets' } } } },
    ],
  ])('to a %s is answered with one Next and Complete', async (_kind, query, result) => {
    const socket = await scene.connect();
    socket.subscribe('one', query);
    expect(await socket.take(2)).toEqual([next('one', result), complete('one')]);
    expect(await socket.pending()).toEqual([]);
  });

  test('takes an operation name and variables', async () => {
    const socket = await scene.connect();
    const query = 'query A { __typename } query B($id: ID!) { order(id: $id) { title } }';
    socket.subscribe('named', query, { operationName: 'B', variables: { id: '1' }, extensions: {} });
    expect(await socket.next()).toEqual(next('named', ALGEBRA));
  });

  test('takes null for what is left out', async () => {
    const socket = await scene.connect();
    socket.subscribe('nulls', ORDER, { operationName: null, variables: null, extensions: null });
    expect(await socket.next()).toEqual(next('nulls', ALGEBRA));
  });

  test('to a subscription is answered with a Next for each event, in their order, and Complete at the end', async () => {
    const socket = await scene.connect();
    socket.subscribe('ticks', TICKS);
    await until(() => scene.running.gateway.upstreams.size === 1);
    for (const number of [1, 2, 3]) scene.running.world.ticks.push({ number, author: { id: 'p1' } });
    scene.running.world.ticks.end();
    const events = [1, 2, 3].map((number) => next('ticks', { data: { ticks: { number } } }));
    expect(await socket.take(4)).toEqual([...events, complete('ticks')]);
  });

  test('runs several operations at a time, each under its own id', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const socket = await scene.listening('live');
    scene.running.world.hold = promise;
    socket.subscribe('slow', ORDER);
    socket.subscribe('fast', TYPENAME);
    expect(await socket.take(2)).toEqual([next('fast', { data: { __typename: 'Query' } }), complete('fast')]);
    scene.running.world.log.append('1');
    expect(await socket.next()).toEqual(changed('live', '1'));
    resolve();
    expect(await socket.take(2)).toEqual([next('slow', ALGEBRA), complete('slow')]);
    scene.running.world.log.append('1');
    expect(await socket.next()).toEqual(changed('live', '2'));
  });
});
