import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.js';

describe('a turnstile', () => {
  it('lets so many through at a time for each key, in their order, whatever becomes of them', async () => {
    const turnstile = new Turnstile(2);
    const [done, inside]: [number[], Map<string, number>] = [[], new Map()];
    let most = 0;
    const pass = (key: string, number: number) =>
      turnstile.pass(key, async () => {
        inside.set(key, (inside.get(key) ?? 0) + 1);
        most = Math.max(most, inside.get(key) ?? 0);
        await setImmediate();
        inside.set(key, (inside.get(key) ?? 0) - 1);
        if (key === 'one') done.push(number);
        if (number % 3 === 0) throw new Error('no');
      });
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const outcomes = await Promise.allSettled(numbers.flatMap((number) => [pass('one', number), pass('two', number)]));
    expect(most).toBe(2);
    expect(done).toEqual(numbers);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(14);
    await pass('one', 1);
    expect(done).toHaveLength(21);
  });
});
