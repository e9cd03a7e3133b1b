import { newId } from '@tutorgraph/kit/database/id';
import type { Client } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, connect, Live } from './world/client.js';
import { TestRights } from './world/live-rights.js';
import { signToken } from './world/tokens.js';
import { type RunningWorld, startWorld } from './world/world.js';

const ORDER_CHANGED = 'subscription { orderChanged(orderId: "1") { cursor } }';

interface Closing {
  code: number;
  reason: string;
}

const clients: Client[] = [];
let rights: TestRights;
let running: RunningWorld;

beforeEach(async () => {
  rights = new TestRights();
  rights.start();
  running = await startWorld(rights.trust);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await running.close();
  rights.stop();
});

/** Somebody who watches an order; resolves once they do. */
async function watch(authorization: string): Promise<{ live: Live; closed: Promise<Closing> }> {
  const { promise: closed, resolve } = Promise.withResolvers<Closing>();
  const client = connect(running.url, { authorization, onClosed: resolve });
  clients.push(client);
  const live = new Live(client, ORDER_CHANGED);
  await live.next();
  return { live, closed };
}

describe('a session that is ended', () => {
  test('takes its connections with it at once, and no other', async () => {
    const sessionId = newId();
    const first = await watch(await signToken({ sessionId }));
    const second = await watch(await signToken({ sessionId }));
    const stranger = await watch(await signToken({ sessionId: newId() }));
    expect(running.world.log.open).toBe(2);
    await rights.end(sessionId);
    for (const { closed } of [first, second]) {
      expect(await closed).toMatchObject({ code: 4403, reason: expect.stringContaining('session was ended') });
    }
    expect(running.world.log.open).toBe(1);
    running.world.log.append('1');
    expect(await stranger.live.next()).toMatchObject({ orderChanged: { cursor: '1' } });
  });

  test('ends what runs under it although the client does not answer, and does nothing more for that client', async () => {
    const sessionId = newId();
    const socket = new WebSocket(running.url.replace('http', 'ws'), 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(
      JSON.stringify({ type: 'connection_init', payload: { authorization: await signToken({ sessionId }) } }),
    );
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: ORDER_CHANGED } }));
    await new Promise((resolve) => socket.once('message', resolve));
    expect(running.gateway.upstreams.size).toBe(1);
    const { promise: received, resolve } = Promise.withResolvers<number>();
    socket.once('close', resolve);
    socket.pause();
    await rights.end(sessionId);
    expect(running.gateway.upstreams.size).toBe(0);
    const query = 'mutation { renameOrder(id: "1", title: "Too late") { userErrors { code } } }';
    socket.send(JSON.stringify({ id: '2', type: 'subscribe', payload: { query } }));
    socket.resume();
    expect(await received).toBe(4403);
    await ask(running.url, '{ orders { id } }');
    expect(running.world.titles.get('1')).toBe('Algebra');
  });

  test('lets nobody in under its tokens, over HTTP and WebSocket', async () => {
    const sessionId = newId();
    const authorization = await signToken({ sessionId });
    const answer = () => ask(running.url, '{ orders { id } }', { headers: { authorization } });
    expect((await answer()).status).toBe(200);
    await rights.end(sessionId);
    const { status, body } = await answer();
    expect(status).toBe(401);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('ended'),
      extensions: { code: 'UNAUTHENTICATED' },
    });
    const { promise, resolve } = Promise.withResolvers<Closing>();
    const client = connect(running.url, { authorization, onClosed: resolve });
    clients.push(client);
    void new Live(client, ORDER_CHANGED).next().catch(() => {});
    expect(await promise).toMatchObject({ code: 4403, reason: expect.stringContaining('ended') });
    expect(running.world.log.open).toBe(0);
  });

  test('is known from the snapshot, too, when the event was missed', async () => {
    const sessionId = newId();
    const { closed } = await watch(await signToken({ sessionId }));
    await rights.set({ revokedSessions: [sessionId] });
    expect(await closed).toMatchObject({ code: 4403 });
  });
});

describe('rights that change', () => {
  test.each(['the role', 'an exception'])('are not those of an upstream that is open already: %s', async (what) => {
    const sessionId = newId();
    const userId = newId();
    const authorization = await signToken({ sessionId, userId });
    await watch(authorization);
    await watch(authorization);
    expect(running.world.log.open).toBe(1);
    await rights.set(
      what === 'the role'
        ? { roleChanges: [{ userId, role: 'TUTOR', changedAt: new Date() }] }
        : { userPermissions: [TestRights.grant(userId)] },
    );
    await watch(authorization);
    expect(running.world.log.open).toBe(2);
    await watch(authorization);
    expect(running.world.log.open).toBe(2);
  });
});
