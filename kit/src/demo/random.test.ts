import { validate, version } from 'uuid';
import { describe, expect, test } from 'vitest';
import { DEMO_ID_PATTERN, demoId } from './demo-id.js';
import { FIXED_PEOPLE, fixedEmail } from './fixed-people.js';
import { personaOf } from './persona.js';
import { Deck, Random } from './random.js';
import { countRu, fill } from './text.js';

function draw(random: Random, count: number, next: (random: Random) => number): number[] {
  return Array.from({ length: count }, () => next(random));
}

describe('reproducible randomness', () => {
  test('the same key gives the same sequence, on every machine and for ever', () => {
    expect(draw(new Random('a', 1), 3, (random) => random.integer(0, 999))).toEqual(
      draw(new Random('a', 1), 3, (random) => random.integer(0, 999)),
    );
    expect(draw(new Random('tutor', 7, 0), 5, (random) => random.integer(0, 999))).toMatchInlineSnapshot(`
      [
        405,
        274,
        365,
        569,
        270,
      ]
    `);
  });

  test('keys that differ in one digit have nothing in common', () => {
    const first = draw(new Random('tutor', 7, 1), 2_000, (random) => random.next());
    const second = draw(new Random('tutor', 7, 2), 2_000, (random) => random.next());
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [a, b] = [mean(first), mean(second)];
    const covariance = mean(first.map((value, index) => (value - a) * ((second[index] ?? 0) - b)));
    expect(Math.abs(covariance)).toBeLessThan(0.006);
  });

  test('whole numbers reach both ends and nothing beyond', () => {
    const drawn = new Set(draw(new Random('ends'), 500, (random) => random.integer(2, 5)));
    expect([...drawn].sort()).toEqual([2, 3, 4, 5]);
  });

  test('weights decide how often something is chosen', () => {
    const random = new Random('weights');
    const chosen = Array.from({ length: 4_000 }, () =>
      random.weighted(['rare', 'usual'], (item) => (item === 'rare' ? 1 : 9)),
    );
    const rare = chosen.filter((item) => item === 'rare').length;
    expect(rare).toBeGreaterThan(320);
    expect(rare).toBeLessThan(480);
  });

  test('half of log-normal numbers lie below the median, and all above zero', () => {
    const drawn = draw(new Random('rates'), 4_000, (random) => random.logNormal(1_500, 0.4));
    expect(Math.min(...drawn)).toBeGreaterThan(0);
    expect(drawn.filter((value) => value < 1_500).length / drawn.length).toBeCloseTo(0.5, 1);
  });

  test('a deck deals everything before it repeats anything', () => {
    const deck = new Deck(['a', 'b', 'c', 'd'], new Random('deck'));
    for (let round = 0; round < 3; round++) {
      expect([deck.deal(), deck.deal(), deck.deal(), deck.deal()].sort()).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  test('nothing can be chosen from nothing', () => {
    expect(() => new Random('empty').pick([])).toThrow(RangeError);
    expect(() => new Deck([], new Random('empty')).deal()).toThrow(RangeError);
  });
});

describe('demo ids', () => {
  const ids = ['user:tutor', 'user:student', 'order'].flatMap((kind) =>
    Array.from({ length: 5_000 }, (_, index) => demoId(7, kind, index)),
  );

  test('are UUIDv7, all different and marked', () => {
    const pattern = new RegExp(`^${DEMO_ID_PATTERN.replaceAll('_', '[0-9a-f]')}$`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !validate(id) || version(id) !== 7 || !pattern.test(id))).toEqual([]);
  });

  test('depend on the seed', () => {
    expect(demoId(7, 'order', 1)).toBe(demoId(7, 'order', 1));
    expect(demoId(8, 'order', 1)).not.toBe(demoId(7, 'order', 1));
  });
});

describe('made-up people', () => {
  const people = Array.from({ length: 2_000 }, (_, index) => personaOf(7, 'user:tutor', index));

  test('six in ten write Russian, and everybody in the letters of their language', () => {
    const russian = people.filter(({ locale }) => locale === 'ru');
    expect(russian.length / people.length).toBeCloseTo(0.6, 1);
    const odd = people.filter(
      ({ locale, firstName, lastName }) => /[а-яё]/i.test(firstName + lastName) !== (locale === 'ru'),
    );
    expect(odd).toEqual([]);
  });

  test('surnames agree with their bearers', () => {
    const russian = people.filter(({ locale }) => locale === 'ru');
    const disagreeing = russian.filter(({ gender, lastName }) =>
      gender === 'female' ? /(ов|ев|ёв|ин|ский|цкий)$/.test(lastName) : /(ова|ева|ёва|ина|ская|цкая)$/.test(lastName),
    );
    expect(disagreeing).toEqual([]);
  });

  test('live where people live: Moscow before all, London among those who write English', () => {
    const share = (locale: string, key: string): number => {
      const those = people.filter((person) => person.locale === locale);
      return those.filter(({ place }) => place.key === key).length / those.length;
    };
    expect(share('ru', 'moscow')).toBeGreaterThan(0.28);
    expect(share('en', 'london')).toBeGreaterThan(0.22);
    expect(share('ru', 'london')).toBe(0);
  });

  test('the fixed ones are there for every role, with an address to sign in', () => {
    expect(fixedEmail('SUPER_ADMIN')).toBe('superadmin@demo.tutorgraph.example');
    expect(new Set(Object.values(FIXED_PEOPLE).map(({ id }) => id)).size).toBe(7);
  });
});

describe('templates', () => {
  test('agree with whoever speaks and whoever is spoken of', () => {
    const filling = { gender: 'female', other: 'male', values: { years: countRu(3, 'год', 'года', 'лет') } } as const;
    expect(fill('{объяснил|объяснила} так, что я {~понял|поняла}, хотя {~боялся|боялась} {years}.', filling)).toBe(
      'Объяснила так, что я понял, хотя боялся 3 года.',
    );
  });

  test('never show a bare placeholder', () => {
    expect(() => fill('{years} опыта', { gender: 'male' })).toThrow(/No value for \{years\}/);
  });
});
