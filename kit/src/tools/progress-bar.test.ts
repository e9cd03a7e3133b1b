import { describe, expect, test } from 'vitest';
import { readDemoArguments } from './demo-arguments.js';
import { ProgressBar } from './progress-bar.js';

function shown(isTTY: boolean, shares: readonly number[]): string {
  let text = '';
  const bar = new ProgressBar({
    isTTY,
    write: (more) => {
      text += more;
    },
  });
  for (const share of shares) bar.show('marketplace', share);
  return text;
}

describe('progress', () => {
  test('is a bar in one line at a terminal', () => {
    const text = shown(true, [0.5, 1]);
    expect(text).toContain(`\rmarketplace      ${'█'.repeat(15)}${'░'.repeat(15)}  50 %`);
    expect(text.split('\n')).toHaveLength(2);
  });

  test('is a plain line at each quarter elsewhere', () => {
    expect(shown(false, [0.1, 0.26, 0.3, 0.9, 1])).toBe('marketplace: 26 %\nmarketplace: 90 %\nmarketplace: 100 %\n');
  });
});

describe('the command line of the demo', () => {
  test('has defaults of a first start', () => {
    expect(readDemoArguments([])).toEqual({ tutors: 64, orders: 30, seed: 7, clear: false });
  });

  test('takes amounts, a seed and whether to clear', () => {
    const args = ['--tutors', '100', '--orders=50', '--clear', '--seed', '9'];
    expect(readDemoArguments(args)).toEqual({ tutors: 100, orders: 50, seed: 9, clear: true });
  });

  test.each([['--tutors', 'many'], ['--tutors', '-1'], ['--people', '5'], ['100']])(
    'refuses %s %s and shows how it is used',
    (...args) => {
      expect(() => readDemoArguments(args)).toThrow(/Usage: npm run demo -- \[--tutors/);
    },
  );
});
