import { expect, it } from 'vitest';
import { processingFee } from './fee.js';
import { formatAmount } from './format.js';

it('Stripe keeps 2.9 % and 30 minor units, or 40 where there are none', () => {
  expect(processingFee(10_000, 'usd')).toBe(320);
  expect(processingFee(50, 'eur')).toBe(31);
  expect(processingFee(500, 'jpy')).toBe(55);
  expect(processingFee(1_500, 'usd')).toBe(74);
});

it('amounts are shown in their currency', () => {
  expect(formatAmount(1_250, 'usd')).toBe('$12.50');
  expect(formatAmount(500, 'jpy')).toBe('¥500');
});
