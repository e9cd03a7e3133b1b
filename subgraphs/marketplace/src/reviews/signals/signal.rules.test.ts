import { describe, expect, it } from 'vitest';
import { networkHash } from './network-hash.js';
import { SUSPECT_FROM, type Surroundings, signalsOf, suspicionOf } from './signal.rules.js';
import { likeness, sketchOf } from './sketch.rules.js';

const HONEST: Surroundings = {
  rating: 5,
  sentiment: 0.8,
  recent: 1,
  usual: 0.2,
  sameNetwork: 0,
  likeness: 0.1,
  written: 2,
  best: 2,
  worst: 0,
  tutors: 2,
  lessons: 40,
  together: 5,
};
const kindsOf = (change: Partial<Surroundings>) => signalsOf({ ...HONEST, ...change }).map(({ kind }) => kind);

describe('signals', () => {
  it.each<[string, Partial<Surroundings>, string[]]>([
    ['nothing', {}, []],
    ['angry words with five stars', { sentiment: -0.8 }, ['SENTIMENT_MISMATCH']],
    ['delighted words with one star', { rating: 1, sentiment: 0.8 }, ['SENTIMENT_MISMATCH']],
    ['mixed words with five stars', { sentiment: -0.1 }, []],
    ['ten reviews within two days where one a week is usual', { recent: 10, usual: 0.3 }, ['BURST']],
    ['ten reviews within two days where eight are usual', { recent: 10, usual: 8 }, []],
    ['four reviews of a new tutor', { recent: 4, usual: 0 }, []],
    ['another student of the same network', { sameNetwork: 1 }, ['SAME_NETWORK']],
    ['a copied text', { likeness: 0.9 }, ['NEAR_DUPLICATE']],
    ['praise of one tutor again and again', { written: 6, best: 6, tutors: 1 }, ['ONE_SIDED']],
    ['praise of several tutors', { written: 6, best: 6, tutors: 3 }, []],
    ['nothing but one star', { rating: 1, sentiment: -0.8, written: 5, best: 0, worst: 5, tutors: 4 }, ['ONE_SIDED']],
    ['a tutor who teaches one student only', { lessons: 10, together: 10 }, ['CLOSED_PAIR']],
    ['the first student of a tutor', { lessons: 3, together: 3 }, []],
  ])('of %s', (_name, change, kinds) => {
    expect(kindsOf(change)).toEqual(kinds);
  });

  it('never hold a review back alone, however strong', () => {
    const alone: Partial<Surroundings>[] = [
      { sentiment: -1 },
      { recent: 1_000, usual: 0 },
      { sameNetwork: 50 },
      { likeness: 1 },
      { written: 100, best: 100, tutors: 1 },
      { lessons: 100, together: 100 },
    ];
    for (const change of alone) {
      const signals = signalsOf({ ...HONEST, ...change });
      expect(signals).toHaveLength(1);
      expect(suspicionOf(signals)).toBeLessThan(SUSPECT_FROM);
    }
  });

  it('hold a review back together', () => {
    const suspicion = (change: Partial<Surroundings>) => suspicionOf(signalsOf({ ...HONEST, ...change }));
    expect(suspicion({})).toBe(0);
    expect(suspicion({ recent: 20, sameNetwork: 4 })).toBeGreaterThanOrEqual(SUSPECT_FROM);
    expect(suspicion({ likeness: 0.95, sameNetwork: 2 })).toBeGreaterThanOrEqual(SUSPECT_FROM);
    expect(suspicion({ sentiment: -0.9, lessons: 10, together: 10 })).toBeLessThan(SUSPECT_FROM);
  });
});

describe('sketches', () => {
  const text =
    'Замечательный преподаватель, объясняет понятно и терпеливо, дочь перестала бояться контрольных по математике';
  const meet = (one: string, other: string) => {
    const second = new Set(sketchOf(other));
    return (sketchOf(one) ?? []).some((band) => second.has(band));
  };

  it('meet when texts are nearly the same, in another case and punctuation too', () => {
    const copies = [text.toUpperCase(), text.replaceAll(',', ' –'), text.replace('дочь', 'сын'), `${text} в школе!`];
    for (const copy of copies) {
      expect(likeness(text, copy), copy).toBeGreaterThanOrEqual(0.5);
      expect(meet(text, copy), copy).toBe(true);
    }
  });

  it('do not meet when texts are different, and short texts have none', () => {
    const other =
      'Занимаемся английским с сентября, слова запоминаются легко, домашние задания всегда проверены вовремя';
    expect(likeness(text, other)).toBe(0);
    expect(meet(text, other)).toBe(false);
    for (const short of ['', 'Рекомендую от всей души', null]) expect(sketchOf(short)).toBeNull();
  });

  it('stay as they are, for those that are kept must be found', () => {
    expect(sketchOf('one two three four five six seven eight')?.slice(0, 3)).toMatchInlineSnapshot(`
      [
        -1652320176,
        -50999445,
        -425241840,
      ]
    `);
  });
});

describe('the hash of a network', () => {
  it('is the same for one network, another with another secret, and nothing for addresses that say nothing', () => {
    expect(networkHash('2001:db9::1', 'secret')).toBe(networkHash('2001:db9::2', 'secret'));
    expect(networkHash('8.8.8.8', 'secret')).not.toBe(networkHash('8.8.4.4', 'secret'));
    expect(networkHash('8.8.8.8', 'secret')).not.toBe(networkHash('8.8.8.8', 'another'));
    expect(networkHash('8.8.8.8', 'secret')).not.toContain('8.8');
    for (const address of [undefined, 'nonsense', '127.0.0.1', '10.1.2.3', '192.168.1.1', '::1', 'fd00::1']) {
      expect(networkHash(address, 'secret')).toBeNull();
    }
  });
});
