import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/events/cursor.js';
import type { PositionedEvent } from '../../src/events/event.js';
import { LiveStream } from '../../src/events/live-stream.js';
import { RedisEventBus } from '../../src/events/redis-bus.js';
import { hear, numbersOf, RedisForTest, ROOM, redisUrl, sampleTaken, upTo } from './event-room.js';

function samples(...positions: number[]): PositionedEvent[] {
  return positions.map((position) => {
    return { position, event: sampleTaken.create({ subject: 'a', data: { number: position } }) };
  });
}

/** A line to Redis that can be cut. */
class Line {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(target: URL) {
    this.server = createServer((near) => {
      const far = connect(Number(target.port || 6379), target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => other.destroy());
        socket.on('close', () => this.sockets.delete(socket));
      }
    });
  }

  static async open(target: string): Promise<Line> {
    const line = new Line(new URL(target));
    await once(line.server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `redis://127.0.0.1:${port}`;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}

describe.skipIf(!redisUrl)('the bus on Redis', () => {
  let redis: RedisForTest;
  let bus: RedisEventBus;

  beforeEach(() => {
    redis = new RedisForTest();
    bus = redis.openBus();
  });

  afterEach(() => redis.close());

  test('is empty before anything was published', async () => {
    expect(await bus.top(ROOM)).toBe(0);
    expect(await bus.oldest(ROOM)).toBeUndefined();
    expect(await bus.read(ROOM, 0, 10)).toEqual([]);
  });

  test('keeps events as they were published, under ids that are their positions', async () => {
    const events = samples(1, 2, 3);
    expect(await bus.publish(ROOM, events, 0)).toBe(3);
    expect(await bus.read(ROOM, 0, 10)).toEqual(events);
    expect(await bus.read(ROOM, 1, 1)).toEqual(events.slice(1, 2));
    const entries = await redis.client.xrange(redis.prefix + ROOM, '-', '+');
    expect(entries.map(([id]) => id)).toEqual(['1-0', '2-0', '3-0']);
  });

  test('skips what it has already', async () => {
    await bus.publish(ROOM, samples(1, 2, 3), 0);
    expect(await bus.publish(ROOM, samples(2, 3, 4), 1)).toBe(4);
    expect(await bus.publish(ROOM, samples(1), 0)).toBe(4);
    expect(numbersOf(await bus.read(ROOM, 0, 10))).toEqual([1, 2, 3, 4]);
  });

  test('appends nothing behind events that it has lost', async () => {
    await bus.publish(ROOM, samples(1, 2, 3), 0);
    await redis.loseData();
    expect(await bus.publish(ROOM, samples(4), 3)).toBe(0);
    expect(await bus.read(ROOM, 0, 10)).toEqual([]);
  });

  test('lets every process hear every event', async () => {
    const other = redis.openBus();
    const listeners = [hear(bus), hear(other)];
    await Promise.all([bus.top(ROOM), other.top(ROOM)]);
    await bus.publish(ROOM, samples(1, 2), 0);
    await bus.publish(ROOM, samples(3), 2);
    for (const { events, until } of listeners) {
      await until(3);
      expect(numbersOf(events)).toEqual([1, 2, 3]);
    }
  });

  test('hears streams that are listened to later, each its own events', async () => {
    const here = hear(bus);
    await bus.top(ROOM);
    await bus.publish(ROOM, samples(1), 0);
    await here.until(1);
    const there = hear(bus, 'observatory');
    await bus.top('observatory');
    await bus.publish('observatory', samples(7), 0);
    await there.until(7);
    await redis.loseData('observatory');
    expect(numbersOf(here.events)).toEqual([1]);
    expect(numbersOf(there.events)).toEqual([7]);
  });

  test('goes on hearing when a listener throws, and leaves out what cannot be read', async () => {
    const warnings: string[] = [];
    const careful = redis.openBus({ warn: (_, message) => warnings.push(message) });
    careful.listen(ROOM, () => {
      throw new Error('not listening');
    });
    const heard = hear(careful);
    await careful.top(ROOM);
    await bus.publish(ROOM, samples(1), 0);
    await redis.client.xadd(redis.prefix + ROOM, '2-0', 'event', 'not JSON');
    await bus.publish(ROOM, samples(3), 2);
    await heard.until(3);
    expect(numbersOf(heard.events)).toEqual([1, 3]);
    expect(warnings).toHaveLength(3);
  });

  test('hears without a gap or a repeat though its connections are cut again and again', async () => {
    const line = await Line.open(redisUrl ?? '');
    const shaky = new RedisEventBus({ url: line.url, prefix: redis.prefix });
    const heard = hear(shaky);
    shaky.listen(ROOM, ({ position }) => {
      if (position % 40 === 0) line.cut();
    });
    await shaky.top(ROOM);
    for (const position of upTo(200)) {
      await bus.publish(ROOM, samples(position), position - 1);
      if (position % 50 === 0) line.cut();
    }
    await heard.until(200);
    expect(numbersOf(heard.events)).toEqual(upTo(200));
    await shaky.close();
    await line.close();
  });

  test('fails soon, for the relay to try again, when Redis is away', async () => {
    const line = await Line.open(redisUrl ?? '');
    const lonely = new RedisEventBus({ url: line.url, prefix: redis.prefix });
    lonely.listen(ROOM, () => {});
    await line.close();
    await expect(lonely.top(ROOM)).rejects.toThrow();
    await expect(lonely.publish(ROOM, samples(1), 0)).rejects.toThrow();
    await lonely.close();
  });

  test('lets a subscription resume in a process that has heard less than the one before', async () => {
    const behind = new LiveStream({ stream: ROOM, bus });
    await behind.subscribe().next();
    await bus.publish(ROOM, samples(...upTo(50)), 0);
    const ahead = new LiveStream({ stream: ROOM, bus: redis.openBus() });
    const first = await ahead.subscribe().next();
    const subscription = behind.subscribe({ after: first.value?.cursor });
    expect(await subscription.next()).toEqual(first);
    await bus.publish(ROOM, samples(51), 50);
    expect((await subscription.next()).value?.position).toBe(51);
    behind.close();
    ahead.close();
  });

  test('lets a subscription resume while the relay sends again what Redis has lost', async () => {
    await bus.publish(ROOM, samples(...upTo(10)), 0);
    const live = new LiveStream({ stream: ROOM, bus, ringSize: 1 });
    const first = await live.subscribe().next();
    expect(first.value?.position).toBe(10);
    await redis.loseData();
    const resumed = live.subscribe({ after: first.value?.cursor });
    const replaying = live.subscribe({ after: encodeCursor(ROOM, 4) });
    const [, replayed] = [await resumed.next(), replaying.next()];
    await bus.publish(ROOM, samples(...upTo(10)), 0);
    expect((await replayed).value?.position).toBe(4);
    expect((await replaying.next()).value?.position).toBe(5);
    await bus.publish(ROOM, samples(11), 10);
    expect((await resumed.next()).value?.position).toBe(11);
    live.close();
  });
});
