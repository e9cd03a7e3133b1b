import { expect, test } from 'vitest';
import { findCycle } from './prerequisite.rules.js';

const edges = (...pairs: readonly string[]) =>
  pairs.map((pair) => ({ lessonId: pair.charAt(0), requiredId: pair.charAt(1) }));

test('a lesson may wait for several, and several for one', () => {
  expect(findCycle([])).toEqual([]);
  expect(findCycle(edges('ba', 'ca', 'db', 'dc', 'ed', 'ea'))).toEqual([]);
});

test('lessons that wait for each other are found, without those that only wait for them', () => {
  expect(findCycle(edges('ab', 'ba'))).toEqual(['a', 'b']);
  expect(findCycle(edges('xa', 'ab', 'bc', 'ca', 'cz')).sort()).toEqual(['a', 'b', 'c']);
});

test('a chain of ten thousand lessons is no circle until its ends meet', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => ({ lessonId: `${index + 1}`, requiredId: `${index}` }));
  expect(findCycle(chain)).toEqual([]);
  expect(findCycle([...chain, { lessonId: '0', requiredId: '10000' }])).toHaveLength(10_001);
});
