import { afterEach, describe, expect, test } from 'vitest';
import { HALLS } from './halls/hall-log.js';
import { CALL_HEARD, type HallListener, type HallsOptions, HallsWorld } from './halls/halls-world.js';
import { until } from './world/client.js';
import { type Accepts, HttpStream, type StreamMessage } from './world/http-stream.js';

const EVENT_STREAM = 'text/event-stream';
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options?: HallsOptions): Promise<HallsWorld> {
  const world = await HallsWorld.start(options);
  closing.push(() => world.close());
  return world;
}

async function listen({ url }: HallsWorld, { authorization }: HallListener, accept: Accepts): Promise<HttpStream> {
  const variables = { hallId: '1' };
  const stream = await HttpStream.open(url, { accept, query: CALL_HEARD, variables, headers: { authorization } });
  closing.push(() => stream.leave());
  await stream.next();
  return stream;
}

const cursor = (position: number) => Buffer.from(`${HALLS}:${position}`).toString('base64url');
const heard = (position: number, text: string) => ({
  callHeard: { cursor: cursor(position), call: { text, caller: { name: 'Person p1' } } },
});
const textOf = (message: StreamMessage | undefined) =>
  (message?.data?.['callHeard'] as { call: { text: string } | null } | undefined)?.call?.text;

describe.each<Accepts>([EVENT_STREAM, 'multipart/mixed;subscriptionSpec=1.0'])('a broadcast, %s', (accept) => {
  test('is heard in order beside WebSockets, from the same upstream', async () => {
    const world = await start();
    const people = await Promise.all([1, 2, 3].map(() => world.person()));
    const [first, second, third] = people;
    if (!first || !second || !third) throw new Error('Nobody came');
    const streams = [await listen(world, first, accept), await listen(world, second, accept)];
    const live = await world.listen(third);
    await world.settled();
    await world.log.call('1', 'one');
    await world.log.call('1', 'two', 'three');
    for (const stream of streams) {
      for (const [index, text] of ['one', 'two', 'three'].entries()) {
        expect(await stream.next()).toEqual({
          data: heard(index + 1, text),
          ...(accept === EVENT_STREAM && { id: cursor(index + 1) }),
        });
      }
    }
    expect(await live.next()).toEqual(heard(1, 'one'));
    for (const stream of streams) stream.leave();
    await live.end();
    await until(() => world.upstreams === 0 && world.traffic.open === 0);
  });

  test('ends for whom an event says so, strictly before what follows', async () => {
    const world = await start();
    const [removed, staying] = [await world.person(), await world.person()];
    const streams = [await listen(world, removed, accept), await listen(world, staying, accept)];
    await world.settled();
    await world.log.call('1', 'before');
    await world.log.remove('1', removed.userId, 'after');
    const [last, refusal, end, ...more] = (await streams[0]?.rest()) ?? [];
    expect(textOf(last)).toBe('before');
    expect(refusal?.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', cursor: cursor(1) });
    expect([end, more]).toEqual([{ isEnd: true }, []]);
    expect(textOf(await streams[1]?.next())).toBe('before');
    expect(textOf(await streams[1]?.next())).toBe('after');
  });

  test.each<[string, HallsOptions]>([
    ['events', { buffer: 5 }],
    ['bytes', { bufferBytes: 1_200_000 }],
  ])('waits for nobody who does not read: beyond so many %s they are told where to go on', async (_, options) => {
    const world = await start(options);
    const [slow, quick] = [await world.person(), await world.person()];
    const streams = [await listen(world, slow, accept), await listen(world, quick, accept)];
    await world.settled();
    streams[0]?.pause();
    const numberIn = (message: StreamMessage | undefined) => Number(textOf(message)?.split(' ', 1)[0]);
    const most = 60;
    for (let calls = 1; calls <= most; calls += 1) {
      await world.log.call('1', `${calls} ${'x'.repeat(500_000)}`);
      expect(numberIn(await streams[1]?.next())).toBe(calls);
    }
    streams[0]?.resume();
    const all = (await streams[0]?.rest()) ?? [];
    expect(all.pop()).toEqual({ isEnd: true });
    const refusal = all.pop();
    expect(all.map(numberIn)).toEqual(all.map((_, index) => index + 1));
    expect(refusal?.errors?.[0]?.extensions).toMatchObject({
      code: 'SUBSCRIPTION_LAGGED',
      cursor: cursor(all.length),
    });
    expect(all.length).toBeLessThan(most);
  });
});
