import { describe, expect, test } from 'vitest';
import { type Answerable, fitOf, worthOf } from './order-worth.rules.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const fits = { subject: 1, price: 1, schedule: 1, style: 1, level: 1 };
const order: Answerable = { chance: 0.2, compatibility: fits, waitingCount: 0, createdAt: NOW };

describe('an order is worth more to answer', () => {
  test.each<[string, Partial<Answerable>]>([
    ['the greater the chance', { chance: 0.1 }],
    ['the better the price fits', { compatibility: { ...fits, price: 0.2 } }],
    ['the fewer others have answered', { waitingCount: 3 }],
    ['the newer it is', { createdAt: new Date('2026-11-18T12:00:00Z') }],
  ])('%s', (_, other) => {
    expect(worthOf(order, NOW)).toBeGreaterThan(worthOf({ ...order, ...other }, NOW));
  });
});

test('an order fits wholly, not at all, or by half where nothing is known', () => {
  expect(fitOf(fits)).toBeCloseTo(1);
  expect(fitOf({ subject: 0, price: 0, schedule: 0, style: 0, level: 0 })).toBe(0);
  expect(fitOf({ subject: null, price: null, schedule: null, style: null, level: null })).toBeCloseTo(0.5);
});
