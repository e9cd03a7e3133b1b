import { describe, expect, test } from 'vitest';
import { PushStream } from './push-stream.js';

describe('a push stream', () => {
  test('gives values in order, whether they wait or are waited for', async () => {
    const stream = new PushStream<number>();
    stream.push(1);
    const reads = [stream.next(), stream.next(), stream.next()];
    stream.push(2);
    stream.push(3);
    expect(await Promise.all(reads)).toEqual([1, 2, 3].map((value) => ({ done: false, value })));
  });

  test('ends or fails after what was pushed, and fails only once', async () => {
    const stream = new PushStream<number>();
    stream.push(1);
    stream.fail(new Error('lost'));
    stream.push(2);
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    await expect(stream.next()).rejects.toThrow('lost');
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test('fails at once when what was pushed is dropped', async () => {
    const stream = new PushStream<number>();
    stream.push(1);
    stream.fail(new Error('lagged'), { dropValues: true });
    await expect(stream.next()).rejects.toThrow('lagged');
  });

  test('ends a reader who waits when it is left, and says so once', async () => {
    let left = 0;
    const stream = new PushStream<number>(() => {
      left += 1;
    });
    const waiting = stream.next();
    await stream.return();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(left).toBe(1);
  });
});
