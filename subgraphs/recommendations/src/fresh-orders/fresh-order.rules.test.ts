import { expect, test } from 'vitest';
import { freshUntil, isFresh, topOf } from './fresh-order.rules.js';

const order = { status: 'OPEN', createdAt: new Date('2026-11-01T12:00:00Z') };

test('an order is fresh for fourteen days, while it is open', () => {
  expect(freshUntil(order)).toEqual(new Date('2026-11-15T12:00:00Z'));
  expect(isFresh(order, new Date('2026-11-15T11:59:59Z'))).toBe(true);
  expect(isFresh(order, new Date('2026-11-15T12:00:00Z'))).toBe(false);
  expect(isFresh({ ...order, status: 'MATCHED' }, order.createdAt)).toBe(false);
});

test('a top is another one when somebody else is among the first ten, not when they change places', () => {
  const ids = Array.from({ length: 12 }, (_, place) => `tutor ${place}`);
  const [first = '', second = '', ...others] = ids;
  expect(topOf([second, first, ...others])).toBe(topOf(ids));
  expect(topOf([...ids.slice(0, 10), 'another'])).toBe(topOf(ids));
  expect(topOf([...ids.slice(0, 9), 'another'])).not.toBe(topOf(ids));
});
