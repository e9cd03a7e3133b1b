import { newId } from '@tutorgraph/kit/database/id';
import { GraphQLError } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { connect, Live, type LiveOptions, until } from './world/client.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const ORDER_CHANGED = `subscription Changed($id: ID!, $after: String) {
  orderChanged(orderId: $id, after: $after) { cursor order { author { asked } } }
}`;
const verify = (token: string) => verifier.verify(token);

const opened: { close(): Promise<void> }[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  for (const running of opened.splice(0).reverse()) await running.close();
});

async function start(options: WorldOptions): Promise<RunningWorld> {
  const running = await startWorld(options);
  opened.push(running);
  return running;
}

function client(running: RunningWorld, options?: LiveOptions): Client {
  const made = connect(running.url, options);
  clients.push(made);
  return made;
}

describe('a subscription whose upstream is lost', () => {
  test('goes on at another replica, and its client notices nothing', async () => {
    const running = await start({ mode: 'remote', replicas: 2 });
    const live = new Live(client(running), ORDER_CHANGED, { id: '1' });
    await live.next();
    running.world.log.append('1');
    expect(await live.next()).toMatchObject({ orderChanged: { cursor: '1' } });
    await running.orders.find(({ sockets }) => sockets > 0)?.kill();
    // Committed while the gateway is cut off.
    running.world.log.append('1');
    running.world.log.append('1');
    expect(await live.next()).toMatchObject({ orderChanged: { cursor: '2' } });
    expect(await live.next()).toMatchObject({ orderChanged: { cursor: '3' } });
    expect(running.world.log.open).toBe(1);
  });

  test('goes on without gap or repeat when the subgraph says that the gateway lagged', async () => {
    const running = await start({ mode: 'remote' });
    const live = new Live(client(running), ORDER_CHANGED, { id: '1' });
    await live.next();
    running.world.log.append('1');
    await live.next();
    running.world.log.fail(new GraphQLError('slow', { extensions: { code: 'SUBSCRIPTION_LAGGED' } }));
    running.world.log.append('1');
    running.world.log.append('1');
    expect(await live.next()).toMatchObject({ orderChanged: { cursor: '2' } });
    expect(await live.next()).toMatchObject({ orderChanged: { cursor: '3' } });
  });

  test('ends with SERVICE_UNAVAILABLE and its last cursor when no replica comes back', async () => {
    const running = await start({ mode: 'remote' });
    const live = new Live(client(running), ORDER_CHANGED, { id: '1' });
    await live.next();
    running.world.log.append('1');
    await live.next();
    await running.orders[0]?.kill();
    const [error] = await live.failure();
    expect(error?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', cursor: '1', requestId: expect.any(String) });
  });

  test('that has no cursor ends at once', async () => {
    const running = await start({ mode: 'remote', replicas: 2 });
    const live = new Live(client(running), 'subscription { ticks { number } }');
    await until(() => running.orders.some(({ sockets }) => sockets > 0));
    running.world.ticks.push({ number: 1, author: { id: 'p1' } });
    await live.next();
    await running.orders.find(({ sockets }) => sockets > 0)?.kill();
    expect((await live.failure())[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  test('that never began is refused at once', async () => {
    const running = await start({ mode: 'remote' });
    await running.orders[0]?.kill();
    const live = new Live(client(running), ORDER_CHANGED, { id: '1' });
    expect((await live.failure())[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(running.gateway.upstreams.size).toBe(0);
  });
});

describe('a client that reads too slowly', () => {
  test('is told SUBSCRIPTION_LAGGED with the last cursor that it was given', async () => {
    const running = await start({ settings: { subscriptionBuffer: 5 } });
    const live = new Live(client(running), ORDER_CHANGED, { id: '1' });
    await live.next();
    running.world.log.append('1');
    await live.next();
    for (let count = 0; count < 20; count += 1) running.world.log.append('1');
    const [error] = await live.failure();
    expect(error?.extensions).toMatchObject({ code: 'SUBSCRIPTION_LAGGED', cursor: expect.stringMatching(/^\d+$/) });
    expect(Number(error?.extensions.cursor)).toBeLessThan(20);
    await until(() => running.world.log.open === 0);
  });

  test.each([
    ['events', { subscriptionBuffer: 5 }],
    ['bytes', { subscriptionBuffer: 1_000_000, subscriptionBufferBytes: 500 }],
  ])(
    'costs no more than its buffer of %s while it does not read at all, and learns where to go on',
    async (_, settings) => {
      const running = await start({ settings });
      running.world.titles.set('1', 'x'.repeat(500_000));
      const raw = rawSocket(running, {});
      await raw.message();
      raw.subscribe('subscription { orderChanged(orderId: "1") { cursor order { title } } }', {});
      await raw.message();
      raw.socket.pause();
      await until(() => {
        running.world.log.append('1');
        return running.world.log.open === 0;
      });
      raw.socket.resume();
      let lastCursor: unknown = '0';
      for (;;) {
        const message = await raw.message();
        if (message.type === 'next') {
          lastCursor = message.payload?.data?.orderChanged.cursor;
        } else {
          expect(message).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'SUBSCRIPTION_LAGGED' } }] });
          expect(message.payload?.[0]?.extensions.cursor).toBe(lastCursor);
          break;
        }
      }
      raw.socket.close();
    },
  );
});

describe.each(['in-process', 'remote'] as const)('many subscriptions that come and go, %s', (mode) => {
  test('leave nothing behind', async () => {
    const running = await start({ mode });
    const round = async () => {
      const own = connect(running.url);
      const lives = [1, 2, 3].map((id) => new Live(own, ORDER_CHANGED, { id: String(id) }));
      await Promise.all(lives.map((live) => live.next()));
      await own.dispose();
      await until(() => running.gateway.upstreams.size === 0 && running.world.log.open === 0);
    };
    const settled = async () => {
      await until(() => running.orders.every(({ sockets }) => sockets === 0));
      return process.getActiveResourcesInfo().length;
    };
    for (let count = 0; count < 5; count += 1) await round();
    const before = await settled();
    for (let count = 0; count < 40; count += 1) await round();
    await until(() => process.getActiveResourcesInfo().length <= before + 2);
  });
});

describe('a token on a live connection', () => {
  test('is passed on to every subgraph, from either spelling of the parameter', async () => {
    const running = await start({ verify, mode: 'remote' });
    const authorization = await signToken({ sessionId: newId() });
    const live = new Live(client(running, { authorization }), ORDER_CHANGED, { id: '1' });
    await live.next();
    running.world.log.append('1');
    expect(await live.next()).toMatchObject({ orderChanged: { order: { author: { asked: authorization } } } });
    expect(running.world.subscriptions[0]?.authorization).toBe(authorization);
    const upper = rawSocket(running, { Authorization: authorization });
    expect(await upper.message()).toMatchObject({ type: 'connection_ack' });
    upper.socket.close();
  });

  test('that proves nothing closes the connection with 4403 and says why', async () => {
    const running = await start({ verify });
    for (const authorization of [
      'Bearer nonsense',
      'Basic abc',
      await signToken({ sessionId: newId(), seconds: -5 }),
    ]) {
      const { closed } = rawSocket(running, { authorization });
      expect(await closed).toMatchObject({ code: 4403, reason: expect.stringMatching(/token/) });
    }
  });

  test('that expires without renewal closes the connection with 4403 and ends the upstream', async () => {
    const running = await start({ verify });
    const authorization = await signToken({ sessionId: newId(), seconds: 1 });
    const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
    const live = new Live(client(running, { authorization, onClosed: resolve }), ORDER_CHANGED, { id: '1' });
    await live.next();
    const failure = live.next().catch(() => 'closed');
    expect(await promise).toMatchObject({ code: 4403, reason: expect.stringContaining('expired') });
    expect(await failure).toBe('closed');
    await until(() => running.world.log.open === 0);
  });

  test.each(['in-process', 'remote'] as const)(
    'is renewed by a ping: nothing is lost and the new one is used, %s',
    async (mode) => {
      const running = await start({ verify, mode });
      const sessionId = newId();
      const [old, fresh] = [await signToken({ sessionId, seconds: 2 }), await signToken({ sessionId, seconds: 900 })];
      const raw = rawSocket(running, { authorization: old });
      await raw.message();
      raw.subscribe(ORDER_CHANGED, { id: '1' });
      expect(await raw.message()).toMatchObject({ payload: { data: { orderChanged: { cursor: '0' } } } });
      raw.send({ type: 'ping', payload: { authorization: fresh } });
      expect(await raw.message()).toEqual({ type: 'pong' });
      running.world.log.append('1');
      expect(await raw.message()).toMatchObject({
        payload: { data: { orderChanged: { cursor: '1', order: { author: { asked: fresh } } } } },
      });
      await until(() => running.world.log.open === 1);
      expect(running.world.subscriptions.map(({ authorization }) => authorization)).toEqual([old, fresh]);
      const oldTokenEnds = Date.now() + 2_100;
      await until(() => Date.now() > oldTokenEnds);
      running.world.log.append('1');
      expect(await raw.message()).toMatchObject({ payload: { data: { orderChanged: { cursor: '2' } } } });
      raw.socket.close();
    },
  );

  test('of another session, or on a connection that began without one, closes it', async () => {
    const running = await start({ verify });
    for (const authorization of [await signToken({ sessionId: newId() }), undefined]) {
      const raw = rawSocket(running, { authorization });
      await raw.message();
      raw.send({ type: 'ping', payload: { authorization: await signToken({ sessionId: newId() }) } });
      expect(await raw.closed).toMatchObject({ code: 4403 });
    }
  });

  test('of another session never shares an upstream; of the same one does, and the longest token carries it', async () => {
    const running = await start({ verify });
    const sessionId = newId();
    const short = await signToken({ sessionId, seconds: 60 });
    const long = await signToken({ sessionId, seconds: 900 });
    const stranger = await signToken({ sessionId: newId() });
    const lives: Live[] = [];
    // One after the other: the first of a session opens the upstream that the second shares.
    for (const authorization of [short, long, stranger]) {
      const live = new Live(client(running, { authorization }), ORDER_CHANGED, { id: '1' });
      await live.next();
      lives.push(live);
    }
    expect(running.world.log.open).toBe(2);
    // The token that opened the upstream ends at the subgraph: it goes on with the other client's.
    running.world.admit = ({ authorization }) => {
      if (authorization === short) throw new GraphQLError('Expired', { extensions: { code: 'UNAUTHENTICATED' } });
    };
    running.world.log.fail(new GraphQLError('Expired', { extensions: { code: 'UNAUTHENTICATED' } }));
    running.world.log.append('1');
    expect(await lives[0]?.next()).toMatchObject({ orderChanged: { cursor: '1' } });
    expect(await lives[1]?.next()).toMatchObject({ orderChanged: { cursor: '1' } });
    expect((await lives[2]?.failure())?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is passed on unread where nothing verifies it, and then shares with nobody', async () => {
    const running = await start({});
    const lives = [1, 2].map(
      () => new Live(client(running, { authorization: 'Bearer theirs' }), ORDER_CHANGED, { id: '1' }),
    );
    for (const live of lives) await live.next();
    expect(running.world.log.open).toBe(2);
    expect(running.world.subscriptions[0]?.authorization).toBe('Bearer theirs');
  });
});

describe('the WebSocket endpoint', () => {
  test('lets in programs, its own pages and allowed origins, and no other page', async () => {
    const running = await start({});
    const { host, origin } = new URL(running.url);
    const headers = (from: string) => ({ socket: { origin: from, headers: { host } } });
    for (const allowed of ['https://app.example.com', origin]) {
      const live = new Live(client(running, headers(allowed)), '{ orders { id } }');
      expect(await live.next()).toMatchObject({ orders: [{}, {}] });
    }
    const refused = new Live(client(running, headers('https://evil.example.com')), '{ orders { id } }');
    await expect(refused.next()).rejects.toMatchObject({ message: expect.stringContaining('403') });
    const elsewhere = connect(running.url.replace('/graphql', '/other'));
    await expect(new Live(elsewhere, '{ orders { id } }').next()).rejects.toMatchObject({
      message: expect.stringContaining('404'),
    });
  });

  test('pings its clients, and cuts off whoever does not answer', async () => {
    const running = await start({ settings: { pingEveryMs: 100 } });
    const [answering, silent] = [true, false].map((autoPong) => rawSocket(running, {}, { autoPong }));
    for (const raw of [answering, silent]) {
      await raw?.message();
      raw?.subscribe(ORDER_CHANGED, { id: '1' });
      await raw?.message();
    }
    expect(await silent?.closed).toMatchObject({ code: 1006 });
    // It has answered several times by now.
    const later = performance.now() + 300;
    await until(() => performance.now() > later);
    running.world.log.append('1');
    expect(await answering?.message()).toMatchObject({ payload: { data: { orderChanged: { cursor: '1' } } } });
    answering?.socket.close();
    await until(() => running.world.log.open === 0);
  });

  test('closes with 1001 when the gateway stops, and nothing stays open', async () => {
    const running = await start({ mode: 'remote' });
    const { promise, resolve } = Promise.withResolvers<{ code: number }>();
    const live = new Live(client(running, { onClosed: resolve }), ORDER_CHANGED, { id: '1' });
    await live.next();
    const ended = live.next().catch(() => 'closed');
    await running.gateway.close();
    expect(await promise).toMatchObject({ code: 1001 });
    expect(await ended).toBe('closed');
    await until(() => running.world.log.open === 0 && running.orders[0]?.sockets === 0);
  });
});

/** A message of the protocol, with what the tests read of it. */
interface RawMessage {
  type: string;
  payload?: { data?: { orderChanged: { cursor: string } }; 0?: { extensions: Record<string, unknown> } };
}

/** A connection below the client library, for what it does not do. */
function rawSocket(running: RunningWorld, parameters: object, options: ClientOptions = {}) {
  const socket = new WebSocket(running.url.replace('http', 'ws'), 'graphql-transport-ws', options);
  const messages: RawMessage[] = [];
  const waiting: ((message: RawMessage) => void)[] = [];
  socket.on('open', () => send({ type: 'connection_init', payload: parameters }));
  socket.on('message', (data) => {
    const message: RawMessage = JSON.parse(String(data));
    const reader = waiting.shift();
    if (reader) reader(message);
    else messages.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  function send(message: object): void {
    socket.send(JSON.stringify(message));
  }
  return {
    socket,
    closed,
    send,
    subscribe: (query: string, variables: object) => {
      send({ id: newId(), type: 'subscribe', payload: { query, variables } });
    },
    message: async (): Promise<RawMessage> => messages.shift() ?? new Promise((resolve) => waiting.push(resolve)),
  };
}
