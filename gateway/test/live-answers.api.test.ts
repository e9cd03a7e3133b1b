import { newId } from '@tutorgraph/kit/database/id';
import { GraphQLError } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, Live, until } from './world/client.js';
import { type Accepts, HttpStream, type StreamOptions } from './world/http-stream.js';
import { TestRights } from './world/live-rights.js';
import { signToken, verifier } from './world/tokens.js';
import { type RunningWorld, startWorld, type WorldOptions } from './world/world.js';

const ORDER_CHANGED = `subscription Changed($id: ID! = "1", $after: String) {
  orderChanged(orderId: $id, after: $after) { cursor order { title author { asked } } }
}`;
const verify = (token: string) => verifier.verify(token);
const cursorIs = (cursor: string) => ({ data: { orderChanged: { cursor } } });

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: WorldOptions = {}): Promise<RunningWorld> {
  const running = await startWorld(options);
  closing.push(() => running.close());
  return running;
}

async function startWithRights(): Promise<{ running: RunningWorld; rights: TestRights }> {
  const rights = new TestRights();
  rights.start();
  closing.push(() => rights.stop());
  return { rights, running: await start(rights.trust) };
}

describe.each<Accepts>(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'])('a live answer, %s', (accept) => {
  const isEventStream = accept === 'text/event-stream';

  async function open({ url }: RunningWorld, options: Partial<StreamOptions> = {}): Promise<HttpStream> {
    const stream = await HttpStream.open(url, { accept, query: ORDER_CHANGED, ...options });
    closing.push(() => stream.leave());
    return stream;
  }

  test('brings each event as it happens, and no one on the way may keep or change it', async () => {
    const running = await start();
    const stream = await open(running);
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': isEventStream
        ? 'text/event-stream; charset=utf-8'
        : 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String),
      'x-content-type-options': 'nosniff',
    });
    expect(await stream.next()).toMatchObject(cursorIs('0'));
    running.world.log.append('1');
    expect(await stream.next()).toEqual({
      data: { orderChanged: { cursor: '1', order: { title: 'Algebra', author: { asked: 'anonymous' } } } },
      ...(isEventStream && { id: '1' }),
    });
  });

  test('ends upstream at once when its client goes away, also while nothing happens', async () => {
    const running = await start({ mode: 'remote' });
    const streams = [await open(running), await open(running)];
    for (const stream of streams) await stream.next();
    expect(running.world.log.open).toBe(1);
    streams[0]?.leave();
    running.world.log.append('1');
    expect(await streams[1]?.next()).toMatchObject(cursorIs('1'));
    streams[1]?.leave();
    await until(() => running.gateway.upstreams.size === 0 && running.world.log.open === 0);
  });

  test('shares an upstream with WebSockets of the same session', async () => {
    const running = await start({ verify });
    const authorization = await signToken({ sessionId: newId() });
    const stream = await open(running, { headers: { authorization } });
    await stream.next();
    const client = connect(running.url, { authorization });
    closing.push(async () => void (await client.dispose()));
    const live = new Live(client, ORDER_CHANGED);
    await live.next();
    expect(running.world.log.open).toBe(1);
    expect(running.world.subscriptions).toMatchObject([{ authorization }]);
    running.world.log.append('1');
    expect(await stream.next()).toMatchObject({ data: await live.next() });
  });

  test('goes on behind a position, without gap or repeat', async () => {
    const running = await start();
    for (let count = 0; count < 3; count += 1) running.world.log.append('1');
    const stream = await open(running, { variables: { after: '1' } });
    const cursors = [await stream.next(), await stream.next(), await stream.next()];
    expect(cursors).toMatchObject([cursorIs('1'), cursorIs('2'), cursorIs('3')]);
  });

  test('ends when its token does, and says where to go on', async () => {
    const running = await start({ verify });
    const authorization = await signToken({ sessionId: newId(), seconds: 2 });
    const stream = await open(running, { headers: { authorization } });
    await stream.next();
    const [refusal, end, ...more] = await stream.rest();
    expect(refusal?.errors).toEqual([
      {
        message: expect.stringContaining('expired'),
        extensions: { code: 'UNAUTHENTICATED', cursor: '0', requestId: expect.any(String) },
      },
    ]);
    expect(end).toEqual({ isEnd: true });
    expect(more).toEqual([]);
    expect(running.world.log.open).toBe(0);
  });

  test('ends with its session at once, and no other does', async () => {
    const { running, rights } = await startWithRights();
    const sessionId = newId();
    const stream = await open(running, { headers: { authorization: await signToken({ sessionId }) } });
    const stranger = await open(running, { headers: { authorization: await signToken({ sessionId: newId() }) } });
    for (const one of [stream, stranger]) await one.next();
    await rights.end(sessionId);
    const [refusal] = await stream.rest();
    expect(refusal?.errors).toMatchObject([
      { message: expect.stringContaining('session was ended'), extensions: { code: 'UNAUTHENTICATED', cursor: '0' } },
    ]);
    expect(running.world.log.open).toBe(1);
    running.world.log.append('1');
    expect(await stranger.next()).toMatchObject(cursorIs('1'));
    const late = await open(running, { headers: { authorization: await signToken({ sessionId }) } });
    expect(late.status).toBe(401);
  });

  test('costs no more than its buffer while its client does not read, which then learns where to go on', async () => {
    const running = await start({ settings: { subscriptionBuffer: 5 } });
    running.world.titles.set('1', 'x'.repeat(500_000));
    const stream = await open(running);
    await stream.next();
    stream.pause();
    let events = 0;
    await until(() => {
      running.world.log.append('1');
      events += 1;
      return running.world.log.open === 0;
    });
    stream.resume();
    const all = await stream.rest();
    expect(all.pop()).toEqual({ isEnd: true });
    const refusal = all.pop();
    const last = (all.at(-1)?.data?.['orderChanged'] as { cursor: string } | undefined)?.cursor ?? '0';
    expect(refusal?.errors?.[0]?.extensions).toMatchObject({ code: 'SUBSCRIPTION_LAGGED', cursor: last });
    expect(Number(last)).toBeLessThan(events);
    expect(all).toHaveLength(Number(last));
  });

  test('ends with the error that ended it upstream, masked', async () => {
    const running = await start();
    const stream = await open(running);
    await stream.next();
    running.world.log.fail(new Error('postgres://user:password@10.0.0.7 is gone'));
    const [refusal, end] = await stream.rest();
    expect(refusal?.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', cursor: '0' });
    expect(JSON.stringify(refusal)).not.toContain('postgres');
    expect(end).toEqual({ isEnd: true });
  });

  test('ends with what the subgraph refuses it for', async () => {
    const running = await start();
    running.world.admit = () => {
      throw new GraphQLError('Not yours', { extensions: { code: 'FORBIDDEN' } });
    };
    const [refusal, end] = await (await open(running)).rest();
    expect(refusal?.errors).toMatchObject([{ message: 'Not yours', extensions: { code: 'FORBIDDEN' } }]);
    expect(end).toEqual({ isEnd: true });
  });

  test('has a hint when to come back when the gateway closes, which waits for nobody', async () => {
    const running = await start({ mode: 'remote' });
    const stream = await open(running);
    await stream.next();
    const deaf = await open(running, { variables: { id: '2' } });
    deaf.pause();
    running.world.titles.set('2', 'x'.repeat(1_000_000));
    for (let count = 0; count < 40; count += 1) running.world.log.append('2');
    const rest = stream.rest();
    const began = performance.now();
    await running.gateway.close();
    expect(performance.now() - began).toBeLessThan(4_000);
    const last = await rest;
    if (isEventStream) {
      expect(last).toEqual([{ retry: expect.any(Number) }]);
      expect(last[0]?.retry).toBeGreaterThanOrEqual(500);
      expect(last[0]?.retry).toBeLessThanOrEqual(5_000);
    } else {
      const extensions = {
        code: 'SERVICE_UNAVAILABLE',
        cursor: '0',
        retryAfter: expect.any(Number),
        requestId: expect.any(String),
      };
      expect(last).toEqual([{ errors: [{ message: expect.any(String), extensions }] }, { isEnd: true }]);
    }
    await until(() => running.world.log.open === 0);
  });

  test('is counted as any live subscription is, and refused beyond the limit', async () => {
    const running = await start({ verify, limits: { subscriptionsPerViewer: 1 } });
    const headers = { authorization: await signToken({ sessionId: newId() }) };
    const first = await open(running, { headers });
    await first.next();
    const second = await open(running, { headers });
    expect(second.status).toBe(429);
    expect((await second.json()).errors?.[0]?.extensions).toMatchObject({ code: 'TOO_MANY_SUBSCRIPTIONS' });
    first.leave();
    await until(() => running.gateway.upstreams.size === 0);
    expect(await (await open(running, { headers })).next()).toMatchObject(cursorIs('0'));
  });

  test('has an error in the place of an event that is too large, and goes on', async () => {
    const running = await start({ limits: { responseBytes: 1_000 } });
    const stream = await open(running);
    await stream.next();
    running.world.titles.set('1', 'x'.repeat(2_000));
    running.world.log.append('1');
    expect((await stream.next())?.errors?.[0]?.extensions).toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    running.world.titles.set('1', 'Short');
    running.world.log.append('1');
    expect(await stream.next()).toMatchObject(cursorIs('2'));
  });

  test('leaves nothing behind, however many come and go', async () => {
    const running = await start();
    const round = async () => {
      const streams = await Promise.all([1, 2, 3].map((id) => open(running, { variables: { id: String(id) } })));
      for (const stream of streams) await stream.next();
      for (const stream of streams) stream.leave();
      await until(() => running.gateway.upstreams.size === 0 && running.world.log.open === 0);
    };
    for (let count = 0; count < 5; count += 1) await round();
    const before = process.getActiveResourcesInfo().length;
    for (let count = 0; count < 40; count += 1) await round();
    await until(() => process.getActiveResourcesInfo().length <= before + 2);
  });
});
