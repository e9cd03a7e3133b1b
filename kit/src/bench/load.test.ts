import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { repeat } from './load.js';

test('calls are counted over all rounds', async () => {
  const seen: number[] = [];
  const load = repeat((index) => seen.push(index));
  const rounds = [
    await load.round({ ms: 60_000, concurrency: 1, mostCalls: 3 }),
    await load.round({ ms: 60_000, concurrency: 1, mostCalls: 2 }),
  ];
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  expect(rounds.map(({ times }) => times.length)).toEqual([3, 2]);
});

test('as many calls as asked for overlap, each in a lane of its own', async () => {
  const open = new Set<number>();
  let most = 0;
  const load = repeat(async (_index, lane) => {
    expect(open.has(lane)).toBe(false);
    open.add(lane);
    most = Math.max(most, open.size);
    await delay(1);
    open.delete(lane);
  });
  await load.round({ ms: 60_000, concurrency: 4, mostCalls: 20 });
  expect(most).toBe(4);
});

test('a round ends by its time although calls could go on', async () => {
  const { times } = await repeat(() => delay(1)).round({ ms: 20, concurrency: 1, mostCalls: Number.POSITIVE_INFINITY });
  expect(times.length).toBeGreaterThan(0);
});

test('a call that fails fails the round', async () => {
  const load = repeat(async () => Promise.reject(new Error('refused')));
  await expect(load.round({ ms: 100, concurrency: 2, mostCalls: 5 })).rejects.toThrow('refused');
});
