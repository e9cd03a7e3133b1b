import { GraphQLError } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/events/cursor.js';
import { type LiveMessage, LiveStream, type LiveStreamOptions } from '../../src/events/live-stream.js';
import { ArrayLog, busWithLog } from './array-log.js';
import { numbersOf, ROOM, upTo } from './event-room.js';

const streams: LiveStream[] = [];

afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

function open(bus: LiveStreamOptions['bus'], options: Partial<LiveStreamOptions> = {}): LiveStream {
  const stream = new LiveStream({ stream: ROOM, bus, patienceMs: 20, ...options });
  streams.push(stream);
  return stream;
}

async function take(subscription: AsyncGenerator<LiveMessage, void>, count: number): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = [];
  while (messages.length < count) {
    const next = await subscription.next();
    if (next.done) break;
    messages.push(next.value);
  }
  return messages;
}

async function failureOf(work: Promise<unknown>): Promise<GraphQLError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof GraphQLError) return error;
  throw new Error('Expected a GraphQLError', { cause: error });
}

const positions = (messages: LiveMessage[]): number[] => messages.map(({ position }) => position);
const cursor = (position: number): string => encodeCursor(ROOM, position);

describe('a new subscription', () => {
  test('is told the current position at once, then hears what follows', async () => {
    const { bus, publish } = busWithLog();
    await publish('a', 'a');
    const subscription = open(bus).subscribe();
    expect(await subscription.next()).toEqual({ done: false, value: { position: 2, cursor: cursor(2), event: null } });
    await publish('a', 'b');
    const messages = await take(subscription, 2);
    expect(positions(messages)).toEqual([3, 4]);
    expect(messages.map(({ event }) => event?.subject)).toEqual(['a', 'b']);
    expect(messages[1]?.cursor).toBe(cursor(4));
  });

  test('hears what is published before the first message was taken', async () => {
    const { bus, publish } = busWithLog();
    const live = open(bus);
    await live.subscribe().next();
    const subscription = live.subscribe();
    const first = subscription.next();
    await publish('a');
    await first;
    expect(positions(await take(subscription, 1))).toEqual([1]);
  });

  test('hears only its keys and types', async () => {
    const { bus, publish } = busWithLog();
    const live = open(bus, { keysOf: (event) => [`one:${event.subject}`, `also:${event.subject}`] });
    const both = live.subscribe({ keys: ['one:b', 'also:b'] });
    const none = live.subscribe({ types: ['tutorgraph.laboratory.sample.lost.v1'] });
    await both.next();
    await none.next();
    const silence = none.next();
    await publish('a', 'b', 'a', 'b');
    expect(positions(await take(both, 2))).toEqual([2, 4]);
    await none.return();
    expect(await silence).toEqual({ done: true, value: undefined });
  });

  test('is told the position reached when nothing came for it', async () => {
    const { bus, publish } = busWithLog();
    const subscription = open(bus, { progressMs: 5 }).subscribe({ keys: ['b'] });
    await subscription.next();
    await publish('a', 'a', 'a');
    const [message] = await take(subscription, 1);
    expect(message).toEqual({ position: 3, cursor: cursor(3), event: null });
    await publish('b');
    expect(positions(await take(subscription, 1))).toEqual([4]);
  });
});

describe('resuming', () => {
  test('begins with the cursor given, replays what was missed and goes on live', async () => {
    const { bus, publish } = busWithLog();
    await publish('a', 'b', 'a', 'b');
    const subscription = open(bus, { ringSize: 1 }).subscribe({ after: cursor(1), keys: ['a'] });
    const messages = await take(subscription, 2);
    expect(positions(messages)).toEqual([1, 3]);
    expect(messages[0]?.event).toBeNull();
    await publish('b', 'a');
    expect(positions(await take(subscription, 1))).toEqual([6]);
  });

  test('replays more than the buffer holds', async () => {
    const { bus, publish } = busWithLog();
    await publish(...upTo(1_700).map(String));
    const subscription = open(bus, { ringSize: 10 }).subscribe({ after: cursor(0), bufferLimit: 5 });
    const messages = await take(subscription, 1_701);
    expect(numbersOf(messages.flatMap(({ event }) => event ?? []))).toEqual(upTo(1_700));
  });

  test('loses nothing when more comes during the replay than the buffer holds', async () => {
    const { bus, publish } = busWithLog();
    await publish('a', 'a', 'a');
    const subscription = open(bus, { ringSize: 1 }).subscribe({ after: cursor(0), bufferLimit: 2 });
    await take(subscription, 2);
    await publish(...upTo(20).map(String));
    expect(positions(await take(subscription, 22))).toEqual(upTo(23).slice(1));
  });

  test('ends with RESUME_GAP and the cursor given when what follows it is gone', async () => {
    const { bus, log, publish } = busWithLog();
    await publish('a', 'a', 'a', 'a');
    log.purge(3);
    const live = open(bus);
    const error = await failureOf(live.subscribe({ after: cursor(1) }).next());
    expect(error.extensions).toEqual({ code: 'RESUME_GAP', cursor: cursor(1) });
    expect(positions(await take(live.subscribe({ after: cursor(2) }), 3))).toEqual([2, 3, 4]);
  });

  test('ends with RESUME_GAP when the whole history is gone', async () => {
    const { bus, log, publish } = busWithLog();
    await publish('a', 'a');
    log.purge(3);
    const live = open(bus);
    const error = await failureOf(live.subscribe({ after: cursor(1) }).next());
    expect(error.extensions.code).toBe('RESUME_GAP');
    expect(positions(await take(live.subscribe({ after: cursor(2) }), 1))).toEqual([2]);
  });

  test('ends with RESUME_GAP and the last delivered when history is purged during the replay', async () => {
    const { bus, log, publish } = busWithLog();
    await publish(...upTo(1_200).map(String));
    const subscription = open(bus, { ringSize: 1 }).subscribe({ after: cursor(0) });
    expect(positions(await take(subscription, 501)).at(-1)).toBe(500);
    log.purge(1_000);
    const error = await failureOf(subscription.next());
    expect(error.extensions).toEqual({ code: 'RESUME_GAP', cursor: cursor(500) });
  });

  test('refuses a cursor of the future', async () => {
    const { bus, publish } = busWithLog();
    await publish('a');
    const error = await failureOf(
      open(bus)
        .subscribe({ after: cursor(2) })
        .next(),
    );
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(error.message).toContain('future');
  });

  test('refuses cursors that are malformed or of another stream', () => {
    const live = open(busWithLog().bus);
    expect(() => live.subscribe({ after: 'nonsense' })).toThrow('not one that a subscription gave');
    expect(() => live.subscribe({ after: encodeCursor('elsewhere', 1) })).toThrow('another stream');
  });
});

describe('a slow client', () => {
  test('ends with SUBSCRIPTION_LAGGED and can resume after what it had', async () => {
    const { bus, publish } = busWithLog();
    const live = open(bus);
    const subscription = live.subscribe();
    await subscription.next();
    await publish('a', 'a');
    await take(subscription, 2);
    await publish(...upTo(1_001).map(String));
    const error = await failureOf(subscription.next());
    expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_LAGGED', cursor: cursor(2) });
    expect(await subscription.next()).toEqual({ done: true, value: undefined });
    const resumed = live.subscribe({ after: String(error.extensions.cursor) });
    expect(positions(await take(resumed, 1_002)).slice(1)).toEqual(upTo(1_003).slice(2));
  });

  test('may let as many wait as its buffer holds', async () => {
    const { bus, publish } = busWithLog();
    const subscription = open(bus).subscribe({ bufferLimit: 3 });
    await subscription.next();
    await publish('a', 'a', 'a');
    expect(positions(await take(subscription, 3))).toEqual([1, 2, 3]);
  });
});

describe('a quiet subscription ends at once', () => {
  test('when it is returned', async () => {
    const subscription = open(busWithLog().bus).subscribe();
    await subscription.next();
    const waiting = subscription.next();
    expect(await subscription.return()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('when its signal is aborted', async () => {
    const ending = new AbortController();
    const subscription = open(busWithLog().bus).subscribe({ signal: ending.signal });
    await subscription.next();
    const waiting = subscription.next();
    ending.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('when its signal was aborted before it began', async () => {
    const subscription = open(busWithLog().bus).subscribe({ signal: AbortSignal.abort() });
    expect(await subscription.next()).toEqual({ done: true, value: undefined });
  });

  test('when the stream is closed', async () => {
    const live = open(busWithLog().bus);
    const subscription = live.subscribe();
    await subscription.next();
    const waiting = subscription.next();
    live.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('even while it waits for a log that does not answer', async () => {
    const log = new ArrayLog();
    const { bus, publish } = busWithLog(log);
    await publish('a', 'a');
    const live = open(bus, { ringSize: 1 });
    await live.subscribe().next();
    log.read = () => new Promise(() => {});
    const subscription = live.subscribe({ after: cursor(0) });
    const waiting = subscription.next();
    await subscription.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

describe('many listeners', () => {
  test('cost an event one look at its keys, however many there are', async () => {
    const { bus, publish } = busWithLog();
    let looks = 0;
    const live = open(bus, {
      keysOf: (event) => {
        looks += 1;
        return [event.subject];
      },
    });
    const subscriptions = upTo(5_000).map((number) => live.subscribe({ keys: [String(number)] }));
    await Promise.all(subscriptions.map((subscription) => subscription.next()));
    await publish(...upTo(100).map(String));
    const messages = await Promise.all(subscriptions.slice(0, 100).map((subscription) => take(subscription, 1)));
    expect(positions(messages.flat())).toEqual(upTo(100));
    expect(looks).toBe(100);
  });

  test('are not disturbed by an event whose keys cannot be told', async () => {
    const { bus, publish } = busWithLog();
    const faults: unknown[] = [];
    const live = open(bus, {
      onFault: (error) => faults.push(error),
      keysOf: ({ subject }) => {
        if (subject === 'broken') throw new Error('no keys');
        return [subject];
      },
    });
    const subscription = live.subscribe({ keys: ['a'] });
    await subscription.next();
    await publish('broken', 'a');
    expect(positions(await take(subscription, 1))).toEqual([2]);
    expect(faults).toEqual([new Error('no keys')]);
  });
});
