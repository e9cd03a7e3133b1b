import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../test/world/client.js';
import { HttpStream } from '../../test/world/http-stream.js';
import { eventStream } from './event-stream.js';
import { LiveAnswer, type LiveAnswerOptions } from './live-answer.js';
import { multipartDefer, multipartSubscription } from './multipart.js';
import type { StreamFormat } from './stream-format.js';

const OFTEN_MS = 20;

let app: FastifyInstance;
let url: string;
let answer: LiveAnswer | undefined;
let format: StreamFormat;
let options: LiveAnswerOptions;
let closings: number;

beforeEach(async () => {
  answer = undefined;
  closings = 0;
  options = {};
  app = fastify();
  app.post('/', (_request, reply) => {
    answer = new LiveAnswer(reply, { ...format, heartbeatEveryMs: OFTEN_MS }, options);
    answer.begin(() => {
      closings += 1;
    });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
});
afterEach(() => app.close());

async function open(): Promise<{ stream: HttpStream; live: LiveAnswer }> {
  const stream = await HttpStream.open(url, { accept: '*/*', query: '' });
  if (!answer) throw new Error('The answer did not begin');
  return { stream, live: answer };
}

describe.each([
  ['event stream', eventStream],
  ['multipart subscription', multipartSubscription],
  ['multipart defer', multipartDefer],
])('a live answer, %s', (_name, one) => {
  beforeEach(() => {
    format = one;
  });

  test('breaks silence where its format knows how, which brings no message', async () => {
    const { stream, live } = await open();
    if (one.heartbeat) await until(() => stream.heartbeats >= 3);
    live.complete();
    expect(await stream.rest()).toEqual([{ isEnd: true }]);
    await until(() => closings === 1);
  });

  test('has every result whole, whatever is in it', async () => {
    const { stream, live } = await open();
    const data = { text: '--graphql\r\n---\n\ndata: ☃ 𝄞 "\\' };
    await live.give(JSON.stringify({ data }));
    await live.give(JSON.stringify({ data: null }));
    live.fail([{ message: 'It is over' }]);
    expect(await stream.next()).toEqual({ data });
    expect(await stream.next()).toEqual({ data: null });
    expect(await stream.next()).toMatchObject({ errors: [{ message: 'It is over' }] });
    expect(await stream.rest()).toEqual([{ isEnd: true }]);
  });

  test('takes nothing more once a client that does not read has much to read, and then cuts it off', async () => {
    options = { mostStalledMs: 100 };
    const { stream, live } = await open();
    stream.pause();
    let given = 0;
    const megabyte = JSON.stringify({ data: 'x'.repeat(1_000_000) });
    while (closings === 0) {
      // Waits for room, and not for ever.
      await live.give(megabyte);
      given += 1;
    }
    // The system takes some megabytes on the client's behalf.
    expect(given).toBeLessThan(30);
    await live.give(JSON.stringify({ data: 'to nobody' }));
  });

  test('is over as soon as its client goes away', async () => {
    const { stream, live } = await open();
    stream.leave();
    await until(() => closings === 1);
    await live.give(JSON.stringify({ data: 'to nobody' }));
    live.complete();
    expect(closings).toBe(1);
  });
});

test('an id that would break its line is left out', async () => {
  format = eventStream;
  const { stream, live } = await open();
  await live.give(JSON.stringify({ data: 1 }), '7');
  await live.give(JSON.stringify({ data: 2 }), '8\ndata: forged');
  live.complete();
  expect(await stream.rest()).toEqual([{ data: 1, id: '7' }, { data: 2 }, { isEnd: true }]);
});
