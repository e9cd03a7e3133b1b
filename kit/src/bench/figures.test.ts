import { expect, test } from 'vitest';
import { figuresOf } from './figures.js';

test('figures are those of all rounds together', () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  const rounds = [
    { times: times.slice(0, 50), elapsedMs: 3_000 },
    { times: times.slice(50), elapsedMs: 1_000 },
  ];
  expect(figuresOf(rounds)).toEqual({ p50: 50, p95: 95, p99: 99, perSecond: 25, calls: 100 });
});

test('a single call is its own figures', () => {
  expect(figuresOf([{ times: [7], elapsedMs: 10 }])).toEqual({ p50: 7, p95: 7, p99: 7, perSecond: 100, calls: 1 });
});

test('there are no figures of nothing', () => {
  expect(() => figuresOf([{ times: [], elapsedMs: 10 }])).toThrow('Nothing was measured');
});
