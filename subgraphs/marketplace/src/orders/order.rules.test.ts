import { describe, expect, it } from 'vitest';
import { hasPlace, mayOrderBecome, type OrderStatus, orderStatuses } from './order.rules.js';

const allowed = new Set(['OPEN MATCHED', 'OPEN CLOSED']);
const every = orderStatuses.flatMap((from) => orderStatuses.map((to): [OrderStatus, OrderStatus] => [from, to]));

describe('an order', () => {
  it.each(every)('goes from %s to %s only where the table says so', (from, to) => {
    expect(mayOrderBecome(from, to)).toBe(allowed.has(`${from} ${to}`));
  });

  it.each([
    [{ format: 'ONLINE', city: null }, true],
    [{ format: 'ONLINE', city: 'Riga' }, true],
    [{ format: 'IN_PERSON', city: 'Riga' }, true],
    [{ format: 'IN_PERSON', city: null }, false],
    [{ format: 'IN_PERSON' }, false],
  ])('%j has a place: %s', (wanted, expected) => {
    expect(hasPlace(wanted)).toBe(expected);
  });
});
