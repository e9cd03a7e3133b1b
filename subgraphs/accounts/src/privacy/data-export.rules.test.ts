import { expect, it } from 'vitest';
import { progressOf } from './data-export.rules.js';

it('progress grows with every part and reaches 1 only when the archive can be had', () => {
  expect([0, 1, 2].map((parts) => progressOf('PENDING', parts, 2))).toEqual([0, 1 / 3, 2 / 3]);
  expect(progressOf('READY', 2, 2)).toBe(1);
  expect(progressOf('FAILED', 1, 2)).toBe(1 / 3);
});
