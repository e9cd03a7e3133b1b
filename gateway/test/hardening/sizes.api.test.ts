import { request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, connect, Live } from '../world/client.js';
import { type RunningWorld, startWorld, type WorldOptions } from '../world/world.js';

let running: RunningWorld;
afterEach(() => running.close());

async function start(limits: WorldOptions['limits']): Promise<string> {
  running = await startWorld({ limits: limits ?? {} });
  return running.url;
}

describe('an answer that is too large', () => {
  const small = '{ orders { id } }';
  const large = '{ orders { id title author { name } } }';
  const refusal = { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes', most: 100, requestId: expect.any(String) };

  test('is not sent, and an error says what to do', async () => {
    const url = await start({ responseBytes: 100 });
    expect((await ask(url, small)).body.data).toBeDefined();
    const { status, body, headers } = await ask(url, large, { headers: { accept: 'application/json' } });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/json');
    expect(body).toEqual({ errors: [{ message: expect.stringContaining('shorter pages'), extensions: refusal }] });
    expect((await ask(url, large)).status).toBe(400);
  });

  test('counts in bytes, not in characters', async () => {
    const url = await start({ responseBytes: 100 });
    running.world.titles.clear();
    running.world.titles.set('1', 'я'.repeat(40));
    expect((await ask(url, '{ orders { title } }')).body.errors?.[0]?.extensions).toEqual(refusal);
    running.world.titles.set('1', 'x'.repeat(40));
    expect((await ask(url, '{ orders { title } }')).body.errors).toBeUndefined();
  });

  test('is a batch as a whole', async () => {
    const url = await start({ responseBytes: 100 });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: small }, { query: small }, { query: small }]),
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: refusal }] });
  });

  test('is one on a WebSocket, which goes on', async () => {
    const client = connect(await start({ responseBytes: 200 }));
    const five = Array.from({ length: 5 }, (_, index) => `a${index}: orders { id title }`).join(' ');
    const { errors } = await new Live(client, `{ ${five} }`).result();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RESPONSE_TOO_LARGE', most: 200 });
    expect(await new Live(client, small).next()).toBeDefined();
    await client.dispose();
  });

  test('is one as an event stream', async () => {
    const url = await start({ responseBytes: 100 });
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query: large }),
    });
    const events = await response.text();
    expect(events).toContain('RESPONSE_TOO_LARGE');
    expect(events).not.toContain('Algebra');
  });
});

describe('what is no request that could be read', () => {
  test('by its headers is refused in our own form', async () => {
    const url = await start({ headerBytes: 2_000 });
    const { status, body } = await sendHeaders(url, { cookie: 'x'.repeat(3_000) });
    expect(status).toBe(431);
    expect(body).toMatchObject({
      errors: [{ extensions: { code: 'HEADERS_TOO_LARGE', requestId: expect.any(String) } }],
    });
    expect((await sendHeaders(url, { cookie: 'x'.repeat(1_000) })).status).not.toBe(431);
  });

  test('by its headers opens no WebSocket', async () => {
    const url = await start({ headerBytes: 2_000 });
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: { cookie: 'x'.repeat(3_000) },
    });
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('error', resolve);
    });
    expect(status).toBe(431);
  });

  test('is refused without a word of what serves it', async () => {
    const url = new URL(await start({}));
    const socket = connectSocket(Number(url.port), url.hostname);
    socket.end('NONSENSE\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('"code":"BAD_REQUEST"');
    expect(answer).not.toMatch(/fastify|node|statusCode/i);
  });
});

function sendHeaders(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, async (response) => {
      const body = await text(response);
      resolve({ status: response.statusCode, body: body.startsWith('{') ? JSON.parse(body) : body });
    });
    sent.on('error', reject);
    sent.end();
  });
}
