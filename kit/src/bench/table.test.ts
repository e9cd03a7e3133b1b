import { expect, test } from 'vitest';
import type { Entry } from './compare.js';
import { tableOf } from './table.js';

const entry: Entry = {
  name: 'hash a password',
  concurrency: 1,
  own: { p50: 21.63, p95: 98.76, p99: 140.4, perSecond: 45.44, calls: 90 },
  peer: { name: 'bare argon2id', p50: 20, p95: 25, p99: 30, perSecond: 50, calls: 100 },
  goal: 'p99 ≤ 100 ms',
  isMet: false,
  ratio: 1.0815,
  by: 'time',
};

test('a missed goal is marked, and each figure stands beside its peer', () => {
  const [headings, line] = tableOf([entry]).split('\n');
  expect(headings?.split(/ {2,}/)).toEqual(['what', 'p50', 'p95', 'p99', 'per second', 'goal', 'beside']);
  expect(line?.split(/ {2,}/)).toEqual([
    'hash a password',
    '21.6 ms',
    '98.8 ms',
    '140 ms',
    '45.4',
    'p99 ≤ 100 ms',
    'MISSED',
    '1.08 × bare argon2id (p50 20 ms)',
  ]);
});

test('rates are compared by rate, and short times are told in microseconds', () => {
  const own = { ...entry.own, p50: 0.001234, p95: 0.0123, p99: 0.0999, perSecond: 500_123 };
  const fast: Entry = { ...entry, own, goal: '≥ 1,000 /s', concurrency: 8, isMet: true, by: 'rate', ratio: 10_002.46 };
  const line = tableOf([fast]).split('\n')[1];
  expect(line).toContain('hash a password, 8 at a time  1.23 µs  12.3 µs  99.9 µs     500,123  ≥ 1,000 /s  holds');
  expect(line).toContain('10,002 × bare argon2id (50 /s)');
});
