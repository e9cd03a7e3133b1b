import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccepted, typosBetween } from './text-match.rules.js';

fc.configureGlobal({ seed: 20261121 });

const strict = { isCaseSensitive: false, typosAllowed: 0 };
const lenient = { isCaseSensitive: false, typosAllowed: 2 };

describe('a typed answer', () => {
  it('may differ in blanks, case, quotation marks, dashes, forms of a character and the full stop', () => {
    for (const [typed, accepted] of [
      ['  I   have\u00a0been ', 'I have been'],
      ['DON’T', "don't"],
      ['«well — known»', '"well - known"'],
      ['ﬁnally.', 'finally'],
      ['ещё', 'еще'],
      ['caf\u0065\u0301', 'café'],
      ['to\u200bday!', 'today'],
    ] as const) {
      expect([typed, isAccepted(typed, [accepted], strict)]).toEqual([typed, true]);
    }
  });

  it('is compared with every alternative, and with capitals where they matter', () => {
    expect(isAccepted('by train', ['by bus', 'by train'], strict)).toBe(true);
    expect(isAccepted('monday', ['Monday'], { ...strict, isCaseSensitive: true })).toBe(false);
    expect(isAccepted('Monday', ['Monday'], { ...strict, isCaseSensitive: true })).toBe(true);
  });

  it('is nothing when it is empty, and a sign where only a sign is asked for', () => {
    expect(isAccepted('  ', ['', ' '], lenient)).toBe(false);
    expect(isAccepted('?', ['?'], strict)).toBe(true);
    expect(isAccepted('!', ['?'], strict)).toBe(false);
  });

  it('is forgiven slips by its length: a short word with one is another word', () => {
    expect(isAccepted('recieve', ['receive'], lenient)).toBe(true);
    expect(isAccepted('tomorow', ['tomorrow'], lenient)).toBe(true);
    expect(isAccepted('acomodation', ['accommodation'], lenient)).toBe(true);
    expect(isAccepted('has', ['had'], lenient)).toBe(false);
    expect(isAccepted('want', ['went'], strict)).toBe(false);
    expect(isAccepted('recieve', ['receive'], strict)).toBe(false);
  });

  it('is accepted as it was written, whatever it is', () => {
    const written = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /[\p{L}\p{N}]/u.test(text));
    fc.assert(
      fc.property(written, fc.boolean(), (text, isCaseSensitive) => {
        expect(isAccepted(text, [text], { isCaseSensitive, typosAllowed: 0 })).toBe(true);
      }),
    );
  });
});

describe('the number of typing errors', () => {
  it('is 0 for the same text, the same in both directions, and at most the longer text', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const count = typosBetween(one, other);
        expect(count === 0).toBe(one === other);
        expect(typosBetween(other, one)).toBe(count);
        expect(count).toBeLessThanOrEqual(Math.max([...one].length, [...other].length));
        expect(count).toBeGreaterThanOrEqual(Math.abs([...one].length - [...other].length));
      }),
    );
  });

  it('is 1 for two neighbours that are swapped', () => {
    expect(typosBetween('recieve', 'receive')).toBe(1);
    expect(typosBetween('ca', 'abc')).toBe(3);
  });
});
