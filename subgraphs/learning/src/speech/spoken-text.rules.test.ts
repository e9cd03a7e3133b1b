import { expect, it, test } from 'vitest';
import { spokenText } from './spoken-text.rules.js';

test.each([
  ['Use **an** before vowels. [1] It is `an hour`, too [1, 2].', 'Use an before vowels. It is an hour, too.'],
  ['## Articles\n\n- *a* cat\n- _an_ owl\n\n> Mind snake_case.', 'Articles\na cat\nan owl\nMind snake_case.'],
  ['See [the lesson](https://example.com/a) or https://example.com/b now.', 'See the lesson or now.'],
  ['| a | b |\n|---|---|\n| c | d |', 'a, b\nc, d'],
  ['```\ngo, went\n```\n1. Скажите: «ну».', 'go, went\nСкажите: «ну».'],
])('%j is read as %j', (text, spoken) => {
  expect(spokenText(text)).toBe(spoken);
});

it('ends a long text with a whole sentence that still fits', () => {
  const spoken = spokenText('This is one of many sentences. '.repeat(200));
  expect(spoken.length).toBeGreaterThan(3_900);
  expect(spoken.length).toBeLessThanOrEqual(4_000);
  expect(spoken.endsWith('sentences.')).toBe(true);
});
