import { describe, expect, test } from 'vitest';
import { until } from '../world/client.js';
import { ALGEBRA, CHANGED, changed, ORDER, ProtocolScene, TICKS, TYPENAME } from './protocol-scene.js';
import { complete, next } from './protocol-socket.js';

const scene = ProtocolScene.forEachTest();

describe('the id of an operation', () => {
  test.each(['live', 'x'.repeat(200)])('of a subscription that runs may not be used again: 4409', async (id) => {
    const socket = await scene.listening(id);
    socket.subscribe(id, TICKS);
    const { code, reason } = await socket.closed;
    expect(code).toBe(4409);
    expect(reason).toBe(`Subscriber for ${id} already exists`.slice(0, 123));
    await until(() => scene.running.gateway.upstreams.size === 0);
  });

  test('of a query that runs may not be used again, either: 4409', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scene.running.world.hold = promise;
    const socket = await scene.connect();
    socket.subscribe('slow', ORDER);
    socket.subscribe('slow', TYPENAME);
    expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for slow already exists' });
    resolve();
  });

  test('is free again once the server has completed the operation', async () => {
    const socket = await scene.connect();
    for (let round = 0; round < 3; round += 1) {
      socket.subscribe('again', ORDER);
      expect(await socket.take(2)).toEqual([next('again', ALGEBRA), complete('again')]);
    }
  });

  test('is free again after an Error', async () => {
    const socket = await scene.connect();
    socket.subscribe('again', '{ nothing }');
    expect(await socket.next()).toMatchObject({ id: 'again', type: 'error' });
    socket.subscribe('again', ORDER);
    expect(await socket.take(2)).toEqual([next('again', ALGEBRA), complete('again')]);
  });

  test('is free as soon as the client has completed a subscription, and the new one is not ended by the old', async () => {
    const socket = await scene.listening('again');
    const subscribe = { id: 'again', type: 'subscribe', payload: { query: TICKS } };
    socket.send({ id: 'again', type: 'complete' }, subscribe);
    expect(await socket.pending()).toEqual([]);
    await until(() => scene.running.world.log.open === 0 && scene.running.gateway.upstreams.size === 1);
    scene.running.world.ticks.push({ number: 7, author: { id: 'p1' } });
    expect(await socket.next()).toEqual(next('again', { data: { ticks: { number: 7 } } }));
    socket.complete('again');
    await until(() => scene.running.gateway.upstreams.size === 0);
  });

  test('is free as soon as the client has completed a query, whose result is not taken for the new one', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scene.running.world.hold = promise;
    const socket = await scene.connect();
    socket.subscribe('again', ORDER);
    await until(() => scene.running.world.fetches.length === 1);
    scene.running.world.hold = undefined;
    socket.complete('again');
    socket.subscribe('again', CHANGED);
    expect(await socket.next()).toEqual(changed('again', '0'));
    resolve();
    expect(await socket.pending()).toEqual([]);
    socket.subscribe('again', TYPENAME);
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  test.each(['__proto__', 'constructor', 'toString'])('may be %s', async (id) => {
    const socket = await scene.connect();
    socket.subscribe(id, ORDER);
    expect(await socket.take(2)).toEqual([next(id, ALGEBRA), complete(id)]);
  });
});

describe('Error', () => {
  test.each([
    ['does not parse', '{', 'GRAPHQL_PARSE_FAILED'],
    ['is not valid', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['is not named', 'query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
    ['is empty', '', 'BAD_REQUEST'],
  ])('ends an operation that %s; Complete does not follow', async (_what, query, code) => {
    const socket = await scene.connect();
    socket.subscribe('wrong', query);
    const extensions = { code, requestId: expect.any(String) };
    expect(await socket.next()).toMatchObject({ id: 'wrong', type: 'error', payload: [{ extensions }] });
    expect(await socket.pending()).toEqual([]);
  });

  test('tells all that is wrong with an operation', async () => {
    const socket = await scene.connect();
    socket.subscribe('wrong', '{ nothing order(id: "1") { nothing } }');
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [{}, {}] });
  });

  test('ends a subscription that its subgraph refuses', async () => {
    scene.running.world.admit = () => {
      throw new Error('Nobody may');
    };
    const socket = await scene.connect();
    socket.subscribe('refused', CHANGED);
    expect(await socket.next()).toMatchObject({ id: 'refused', type: 'error', payload: [{}] });
    expect(await socket.pending()).toEqual([]);
  });

  test('ends a subscription whose stream fails, and no message follows', async () => {
    const socket = await scene.connect();
    socket.subscribe('ticks', TICKS);
    await until(() => scene.running.gateway.upstreams.size === 1);
    scene.running.world.ticks.push({ number: 1, author: { id: 'p1' } });
    scene.running.world.ticks.fail(new Error('The clock stands still'));
    expect(await socket.next()).toMatchObject(next('ticks', { data: { ticks: { number: 1 } } }));
    expect(await socket.next()).toMatchObject({ id: 'ticks', type: 'error', payload: [{}] });
    expect(await socket.pending()).toEqual([]);
  });

  test('is not what a field has that fails while a query runs: that is in Next, and Complete follows', async () => {
    const socket = await scene.connect();
    socket.subscribe('partly', '{ refused order(id: "1") { title } }');
    const errors = [{ message: 'Only tutors may', path: ['refused'], extensions: { code: 'FORBIDDEN' } }];
    expect(await socket.next()).toMatchObject(next('partly', { data: { refused: null, ...ALGEBRA.data }, errors }));
    expect(await socket.next()).toEqual(complete('partly'));
  });
});

describe('Complete by the client', () => {
  test('ends a subscription upstream, though its stream is quiet, and no message follows', async () => {
    const socket = await scene.listening('live');
    expect(scene.running.world.log.open).toBe(1);
    socket.complete('live');
    await until(() => scene.running.world.log.open === 0 && scene.running.gateway.upstreams.size === 0);
    scene.running.world.log.append('1');
    expect(await socket.pending()).toEqual([]);
  });

  test('ends one of several operations only', async () => {
    const socket = await scene.listening('gone');
    socket.subscribe('stays', CHANGED);
    expect(await socket.next()).toEqual(changed('stays', '0'));
    socket.complete('gone');
    scene.running.world.log.append('1');
    const heard = [await socket.next(), ...(await socket.pending())];
    expect(heard.filter(({ id }) => id === 'stays')).toEqual([changed('stays', '1')]);
  });

  test('before a query has its result keeps that back', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    scene.running.world.hold = promise;
    const socket = await scene.connect();
    socket.subscribe('slow', ORDER);
    await until(() => scene.running.world.fetches.length === 1);
    socket.complete('slow');
    expect(await socket.pending()).toEqual([]);
    resolve();
    await promise;
    expect(await socket.pending()).toEqual([]);
  });

  test('of what has ended, or never was, is ignored', async () => {
    const socket = await scene.connect();
    socket.subscribe('one', ORDER);
    await socket.take(2);
    socket.send(complete('one'), complete('one'), complete('never'));
    expect(await socket.pending()).toEqual([]);
  });

  test('in the same moment as the server completes is ignored', async () => {
    const socket = await scene.connect();
    socket.subscribe('ticks', TICKS);
    await until(() => scene.running.gateway.upstreams.size === 1);
    scene.running.world.ticks.end();
    socket.complete('ticks');
    const heard = await socket.pending();
    expect([[], [complete('ticks')]]).toContainEqual(heard);
  });
});

describe('an invalid message', () => {
  const query = ORDER;
  test.each<[string, string]>([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['no type', '{"id":"1"}'],
    ['a type that is no text', '{"type":1}'],
    ['a type of the older protocol', '{"type":"start","id":"1","payload":{"query":"{ __typename }"}}'],
    ['a name that every object has for a type', '{"type":"constructor"}'],
    ['ConnectionInit with a list', '{"type":"connection_init","payload":[]}'],
    ['Ping with a text', '{"type":"ping","payload":"hello"}'],
    ['Pong with a number', '{"type":"pong","payload":1}'],
    ['Subscribe without an id', JSON.stringify({ type: 'subscribe', payload: { query } })],
    ['Subscribe with an empty id', JSON.stringify({ type: 'subscribe', id: '', payload: { query } })],
    ['Subscribe with a number for an id', JSON.stringify({ type: 'subscribe', id: 1, payload: { query } })],
    ['Subscribe without a payload', '{"type":"subscribe","id":"1"}'],
    ['Subscribe without a query', '{"type":"subscribe","id":"1","payload":{}}'],
    [
      'Subscribe with a list of variables',
      JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables: [] } }),
    ],
    [
      'Subscribe with a number for a name',
      JSON.stringify({ type: 'subscribe', id: '1', payload: { query, operationName: 1 } }),
    ],
    [
      'Subscribe with a text for extensions',
      JSON.stringify({ type: 'subscribe', id: '1', payload: { query, extensions: 'a' } }),
    ],
    ['Complete without an id', '{"type":"complete"}'],
    ['what only a server says: ConnectionAck', '{"type":"connection_ack"}'],
    ['what only a server says: Next', '{"type":"next","id":"1","payload":{"data":{}}}'],
    ['what only a server says: Error', '{"type":"error","id":"1","payload":[{"message":"no"}]}'],
  ])('closes with 4400 and says that it is one: %s', async (_what, text) => {
    const socket = await scene.connect();
    socket.socket.send(text);
    expect(await socket.closed).toEqual({ code: 4400, reason: expect.stringContaining('nvalid') });
    expect(scene.running.world.fetches).toEqual([]);
  });

  test('is looked for before the connection is acknowledged as well', async () => {
    const socket = await scene.open();
    socket.socket.send('hello');
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  test('ends what runs on the connection', async () => {
    const socket = await scene.listening('live');
    socket.socket.send('hello');
    expect(await socket.closed).toMatchObject({ code: 4400 });
    await until(() => scene.running.world.log.open === 0);
  });

  test('is one that is not text: a binary frame closes with 4400', async () => {
    const socket = await scene.connect();
    socket.socket.send(Buffer.from(JSON.stringify({ type: 'ping' })));
    expect(await socket.closed).toEqual({ code: 4400, reason: expect.stringContaining('nvalid') });
  });

  test('is one that is larger than the limit: 1009', async () => {
    const socket = await scene.connect();
    socket.socket.send(' '.repeat(300_000));
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });
});

describe('a socket that closes', () => {
  test('with 1000 by the client ends what runs on it', async () => {
    const socket = await scene.listening('live');
    socket.socket.close(1000);
    expect(await socket.closed).toMatchObject({ code: 1000 });
    await until(() => scene.running.world.log.open === 0 && scene.running.gateway.upstreams.size === 0);
  });

  test('takes no more messages once the server has closed it', async () => {
    const socket = await scene.connect();
    socket.socket.send('hello');
    socket.subscribe('late', ORDER);
    expect(await socket.closed).toMatchObject({ code: 4400 });
    expect(scene.running.world.fetches).toEqual([]);
  });
});
