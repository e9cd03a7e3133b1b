import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { TWILIO, useWebhooks } from '../src/plugins/use-webhooks.js';
import { ask } from './world/client.js';
import { type RunningWorld, startWorld } from './world/world.js';

/** A signed webhook: its bytes are no tidy JSON, and no UTF-8 either. */
const BYTES = Buffer.concat([Buffer.from('{ "id":"evt_1",\n"amount": 10.00 }'), Buffer.from([0xff, 0xfe])]);
const SIGNED = { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=abc' };

interface Received {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

describe('webhooks of Stripe', () => {
  const rooms: Server[] = [];
  const received: Received[] = [];
  let running: RunningWorld;

  afterEach(async () => {
    await running.close();
    received.length = 0;
    for (const room of rooms.splice(0)) {
      room.closeAllConnections();
      await new Promise((resolve) => room.close(resolve));
    }
  });

  /** A room's HTTP edge. @param answer status and body; null: never answers @returns its `/graphql` address */
  async function room(answer: [status: number, body: string, headers?: Record<string, string>] | null) {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      const [status, body, headers] = answer ?? [];
      if (status) response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    rooms.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  }

  async function start(urls: string[], answerTimeoutMs?: number): Promise<URL> {
    running = await startWorld({
      beforeListen: async ({ app }) => useWebhooks(app, { urls, ...(answerTimeoutMs && { answerTimeoutMs }) }),
    });
    return new URL('/webhooks/stripe', running.url);
  }

  const post = (url: URL, headers: Record<string, string> = SIGNED, body: Buffer = BYTES) =>
    fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });

  test('reach the room byte for byte, with their signature and no token, and get its answer', async () => {
    const url = await start([await room([200, '{"received":true}'])]);
    const answer = await post(url, { ...SIGNED, authorization: 'Bearer nonsense', cookie: 'a=b' });
    expect([answer.status, await answer.json()]).toEqual([200, { received: true }]);
    expect(received).toHaveLength(1);
    const [{ headers, body, url: path } = { headers: {}, body: Buffer.alloc(0), url: '' }] = received;
    expect([path, body.equals(BYTES)]).toEqual(['/webhooks/stripe', true]);
    expect(headers).toMatchObject(SIGNED);
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers['x-request-id']).toBe(answer.headers.get('x-request-id'));
  });

  test('of Twilio reach their room by their own path and signature', async () => {
    running = await startWorld({
      beforeListen: async ({ app }) => useWebhooks(app, { source: TWILIO, urls: [await room([204, ''])] }),
    });
    const url = new URL('/webhooks/twilio', running.url);
    const signed = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'abc' };
    const answer = await post(url, signed, Buffer.from('MessageSid=SM1&MessageStatus=delivered'));
    expect(answer.status).toBe(204);
    expect(received).toMatchObject([{ url: '/webhooks/twilio', headers: signed }]);
    expect((await post(url, { 'content-type': 'application/json' })).status).toBe(400);
    expect(received).toHaveLength(1);
  });

  test('are answered as the room does when it refuses them or fails', async () => {
    for (const [status, headers] of [
      [400, {}],
      [500, {}],
      [503, { 'retry-after': '60' }],
    ] as const) {
      const url = await start([await room([status, '{"error":"no"}', headers])]);
      const answer = await post(url);
      expect([answer.status, await answer.json()]).toEqual([status, { error: 'no' }]);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '60' : null);
      await running.close();
    }
    expect(received).toHaveLength(3);
  });

  test('go to another replica when one is gone or hangs', async () => {
    const nobody = 'http://127.0.0.1:9/graphql';
    const url = await start([nobody, await room(null), await room([200, '{"received":true}'])], 200);
    const answers = await Promise.all([1, 2, 3].map(() => post(url)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('are to be delivered again when no replica can be reached or answers in time', async () => {
    const url = await start(['http://127.0.0.1:9/graphql', await room(null)], 100);
    const answer = await post(url);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  });

  test('that are unsigned or too large are refused and bother nobody', async () => {
    const url = await start([await room([200, '{}'])]);
    expect((await post(url, { 'content-type': 'application/json' })).status).toBe(400);
    expect((await post(url, SIGNED, Buffer.alloc(1_048_577))).status).toBe(413);
    expect((await fetch(url)).status).toBe(404);
    expect(received).toEqual([]);
    expect((await post(url, SIGNED, Buffer.alloc(1_048_576, 'a'))).status).toBe(200);
  });

  test('leave GraphQL as it is', async () => {
    const url = await start([await room([200, '{}'])]);
    const graphql = new URL('/graphql', url).href;
    expect((await ask(graphql, '{ orders { id } }')).body.data).toMatchObject({ orders: expect.anything() });
    const malformed = await fetch(graphql, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' });
    expect(malformed.status).toBeGreaterThanOrEqual(400);
  });
});
