import { describe, expect, it } from 'vitest';
import type { EnglishEdit, EnglishEditKind } from '../english/english-check.js';
import { cardsOfMistakes, keyOfMistake } from './mistakes.rules.js';

/** An edit of the first place where the original stands. */
function edit(
  text: string,
  original: string,
  replacement: string,
  kind: EnglishEditKind,
  change: Partial<EnglishEdit> = {},
): EnglishEdit {
  const start = text.indexOf(original);
  return {
    ...{ start, end: start + original.length, original, replacement, suggestions: [replacement], kind },
    ...{ explanation: `Because of ${kind}.`, confidence: 0.95, source: 'rules' },
    ...change,
  };
}

describe('cards of mistakes', () => {
  it('ask for one mistake in a sentence whose others are mended, and say what is right and why', () => {
    const text = 'I like it. Every day she go to work by a bus\nand drinks coffee. It is good.';
    const edits = [edit(text, 'go', 'goes', 'AGREEMENT'), edit(text, 'by a bus', 'by bus', 'ARTICLE')];
    expect(cardsOfMistakes(text, edits)).toMatchObject([
      {
        front: 'Every day she [go] to work by bus and drinks coffee.',
        back: 'Every day she goes to work by bus and drinks coffee.\n\nBecause of AGREEMENT.',
        kind: 'AGREEMENT',
      },
      { front: 'Every day she goes to work [by a bus] and drinks coffee.', kind: 'ARTICLE' },
    ]);
  });

  it('mark where a word is missing', () => {
    const text = 'She is teacher.';
    const missing = edit(text, 'teacher', 'a ', 'ARTICLE', { original: '', end: text.indexOf('teacher') });
    expect(cardsOfMistakes(text, [missing])).toMatchObject([
      { front: 'She is […] teacher.', back: 'She is a teacher.\n\nBecause of ARTICLE.' },
    ]);
  });

  it.each<[what: string, text: string, original: string, kind: EnglishEditKind, confidence: number]>([
    ['is not sure', 'She is very buzy.', 'buzy', 'SPELLING', 0.7],
    ['is about a sign', 'I think, that it is.', ',', 'PUNCTUATION', 1],
    ['is about a capital letter', 'On monday I work.', 'monday', 'CAPITALISATION', 1],
    ['is about a name', 'I met Katya there.', 'Katya', 'SPELLING', 0.96],
    ['goes over the end of a sentence', 'I has it. I go.', 'it. I', 'WORD_CHOICE', 1],
    ['stands in a sentence that no card can hold', `${'very '.repeat(110)}buzy.`, 'buzy', 'SPELLING', 1],
  ])('are not made of what %s', (_what, text, original, kind, confidence) => {
    expect(cardsOfMistakes(text, [edit(text, original, 'busy', kind, { confidence })])).toEqual([]);
  });

  it.each([
    ['organised', 'organized'],
    ['colour', 'color'],
    ['travelling', 'traveling'],
    ['theatre', 'theater'],
  ])('leave British spelling alone: %s', (british, american) => {
    const text = `We say ${british} here.`;
    expect(cardsOfMistakes(text, [edit(text, british, american, 'SPELLING')])).toEqual([]);
  });

  it('are made once of a word that is misspelt twice, and few of a text that is full of mistakes', () => {
    const words = [...'abcdefghijkl'].map((letter) => `buz${letter}y`);
    const text = `${words.map((word) => `I am ${word}.`).join(' ')} Is she buzay?`;
    const edits = words.map((word, index) => edit(text, word, 'busy', 'SPELLING', { confidence: 0.85 + index / 100 }));
    const again = edit(text, 'buzay', 'busy', 'SPELLING', { start: text.length - 6, end: text.length - 1 });
    const cards = cardsOfMistakes(text, [...edits, again]);
    expect(cards).toHaveLength(8);
    expect(new Set(cards.map(({ dedupeKey }) => dedupeKey)).size).toBe(8);
    expect(cards.at(-1)?.front).toBe('I am [buzly].');
  });

  it('are the same for a misspelt word anywhere, and for other mistakes between the same words', () => {
    const [one, other] = ['She is buzy. We depend from it.', 'Today I am Buzy and depend on. We depend from them.'];
    const spelt = (text: string, word: string) => keyOfMistake(text, edit(text, word, 'busy', 'SPELLING'));
    expect(spelt(one, 'buzy')).toBe(spelt(other, 'Buzy'));
    const used = (text: string) => keyOfMistake(text, edit(text, 'from', 'on', 'PREPOSITION'));
    expect(used(one)).toBe(used('They depend  FROM it'.replace('FROM', 'from')));
    expect(used(one)).not.toBe(used(other));
  });
});
