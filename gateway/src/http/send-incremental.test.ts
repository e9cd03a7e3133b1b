import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import { GraphQLError } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../test/world/client.js';
import { HttpStream } from '../../test/world/http-stream.js';
import { Drain } from '../connections/drain.js';
import type { IncrementalUpdate } from '../execution/incremental-result.js';
import { presentedUpdates } from '../operations/presented-updates.js';
import { PushStream } from '../streams/push-stream.js';
import { eventStream } from './event-stream.js';
import { LiveAnswer } from './live-answer.js';
import { LiveAnswers } from './live-answers.js';
import { multipartDefer } from './multipart.js';
import { sendIncremental } from './send-incremental.js';

const part = { data: { price: 5 }, path: ['orders', 0], label: 'later' };

describe.each([
  ['multipart', multipartDefer],
  ['event stream', eventStream],
])('an answer whose parts come later, %s', (name, format) => {
  let app: FastifyInstance;
  let url: string;
  let answers: LiveAnswers;
  let updates: PushStream<IncrementalUpdate>;
  let hasLeft: boolean;
  let result: object;

  beforeEach(async () => {
    result = { data: { orders: [{ id: '1' }] } };
    hasLeft = false;
    updates = new PushStream(() => {
      hasLeft = true;
    });
    app = fastify();
    const drain = new Drain();
    app.addHook('preClose', () => drain.run(0));
    answers = new LiveAnswers(drain);
    app.post('/', (_request, reply) => {
      const present = (error: unknown) => ({ message: error instanceof GraphQLError ? error.message : 'Masked' });
      const answer = new LiveAnswer(reply, format, { endsByItself: true });
      const subsequent = presentedUpdates(updates, present);
      sendIncremental({ result, subsequent, requestId: 'r', mostBytes: 1_000 }, answer, answers);
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
  });
  afterEach(() => app.close());

  const open = () => HttpStream.open(url, { accept: '*/*', query: '' });

  test('has the first part at once, each other when it is known, and an end', async () => {
    const stream = await open();
    if (name === 'multipart') {
      expect(stream.headers['content-type']).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
    }
    expect(await stream.next()).toEqual({ data: { orders: [{ id: '1' }] }, hasNext: true });
    updates.push({ incremental: [part], hasNext: true });
    expect(await stream.next()).toEqual({ incremental: [part], hasNext: true });
    const errors = [new GraphQLError('Not yours')];
    updates.push({ incremental: [{ data: null, path: ['orders', 1], errors }], hasNext: false });
    updates.end();
    expect(await stream.rest()).toEqual([
      { incremental: [{ data: null, path: ['orders', 1], errors: [{ message: 'Not yours' }] }], hasNext: false },
      { isEnd: true },
    ]);
    await until(() => answers.size === 0);
  });

  test('says so when the rest cannot be had', async () => {
    const stream = await open();
    updates.fail(new Error('postgres://user:password@10.0.0.7 is gone'));
    const [, last, end] = await stream.rest();
    expect(last).toEqual({ incremental: [{ data: null, path: [], errors: [{ message: 'Masked' }] }], hasNext: false });
    expect(end).toEqual({ isEnd: true });
  });

  test('ends with the part that is too large, and asks for nothing more', async () => {
    const tooLarge = [{ extensions: { code: 'RESPONSE_TOO_LARGE', most: 1_000 } }];
    const stream = await open();
    updates.push({ incremental: [{ data: { text: 'x'.repeat(1_000) }, path: ['orders', 0] }], hasNext: true });
    const [, part, end] = await stream.rest();
    expect(part).toMatchObject({ incremental: [{ data: null, path: [], errors: tooLarge }], hasNext: false });
    expect(end).toEqual({ isEnd: true });
    await until(() => hasLeft);
    result = { data: { text: 'x'.repeat(1_000) } };
    const [first, ...more] = await (await open()).rest();
    expect(first).toMatchObject({ errors: tooLarge, hasNext: false });
    expect(more).toEqual([{ isEnd: true }]);
  });

  test('asks for nothing more once its client has gone', async () => {
    const stream = await open();
    await stream.next();
    stream.leave();
    await until(() => hasLeft && answers.size === 0);
  });

  test('is finished when the app closes, and its connection closed', async () => {
    const stream = await open();
    await stream.next();
    const closed = app.close();
    await until(() => !app.server.listening);
    updates.push({ incremental: [part], hasNext: false });
    updates.end();
    expect(await stream.rest()).toEqual([{ incremental: [part], hasNext: false }, { isEnd: true }]);
    await closed;
  });
});
