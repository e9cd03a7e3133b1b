import { describe, expect, it, test } from 'vitest';
import { fillersOf } from './fillers.rules.js';
import { fluencyOf } from './fluency.rules.js';

/** So many words, each of 0.4 s every half second, from a time on. */
function words(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => ({ startsAt: from + index / 2, endsAt: from + index / 2 + 0.4 }));
}
const textOf = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
const names = (text: string) => fillersOf(text).map((filler) => filler.text);

describe('the pace of speech', () => {
  it('is counted over the time of speaking: pauses are told apart, the silence around is not counted', () => {
    const said = { text: textOf(20), duration: 60, words: [...words(10, 5), ...words(10, 13)], segments: [] };
    // From 5 s to 17.9 s, without the pause from 9.9 s to 13 s.
    expect(fluencyOf(said)).toMatchObject({
      ...{ wordCount: 20, speakingSeconds: 9.8, wordsPerMinute: 122, pace: 'USUAL' },
      pauses: [{ startsAt: 9.9, seconds: 3.1 }],
    });
  });

  test.each([
    [40, 'SLOW'],
    [100, 'USUAL'],
    [200, 'FAST'],
  ])('of %i words in a minute is %s', (count, pace) => {
    const said = { text: textOf(count), duration: 60, words: [], segments: [{ startsAt: 0, endsAt: 60 }] };
    expect(fluencyOf(said)).toMatchObject({ wordsPerMinute: count, pace, pauses: [] });
  });

  it('is not told from a few words, and fillers are no words', () => {
    const few = fluencyOf({ text: 'Um, I like it.', duration: 60, words: words(4), segments: [] });
    expect([few.wordCount, few.wordsPerMinute, few.pace, few.fillersPerMinute]).toEqual([3, null, null, null]);
    const many = fluencyOf({ text: `um ${textOf(19)}`, duration: 10, words: words(20), segments: [] });
    expect([many.wordCount, many.wordsPerMinute, many.fillersPerMinute]).toEqual([19, 115, 6.1]);
  });

  it('does not go wrong with overlapping times, or none', () => {
    const overlapping = [...words(8), { startsAt: 1, endsAt: 9 }];
    expect(fluencyOf({ text: textOf(9), duration: 9, words: overlapping, segments: [] }).pauses).toEqual([]);
    expect(fluencyOf({ text: '', duration: 0, words: [], segments: [] })).toMatchObject({
      ...{ wordCount: 0, speakingSeconds: 0, wordsPerMinute: null },
    });
  });
});

describe('fillers', () => {
  test.each([
    ['Ummm, I was, uh, there, you know, and, like, it was hmm good.', ['um', 'uh', 'you know', 'like', 'hmm']],
    ['Ну, я эээ как бы э-э не знаю, короче, вот.', ['ну', 'эээ', 'как бы', 'эээ', 'короче', 'вот']],
    ['I like tea. It looks like rain. What is it like? Do you know him? I mean it.', []],
    ['Вот мой дом. Как бы то ни было, дорога короче. Задача этого типа.', []],
    ['The umbrella is under her, and a murmur came.', []],
  ])('in “%s” are %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });
});
