import { describe, expect, it } from 'vitest';
import { inOtherLayout, meaningsOf, wordsOf } from './typing.rules.js';

describe('the words of a search', () => {
  it('are those that tell something, in lower case and each once', () => {
    expect(wordsOf('Репетитор по МАТЕМАТИКЕ, математике!')).toEqual(['по', 'математике']);
    expect(wordsOf('Учитель')).toEqual(['учитель']);
    expect(wordsOf('!?')).toEqual([]);
    expect(wordsOf('a b c d e f g h i j')).toHaveLength(8);
  });

  it('mean what people call things', () => {
    expect(meaningsOf('инглиш')).toEqual(['инглиш', 'английский']);
    expect(meaningsOf('физика')).toEqual(['физика']);
  });
});

describe('the other layout of the keyboard', () => {
  it.each([
    ['fyukbqcrbq', 'английский'],
    ['Vfntvfnbrf', 'математика'],
    ['утпдшыр', 'english'],
    ['[bvbz', 'химия'],
    ['ege 2027', 'упу 2027'],
  ])('makes %s to %s', (typed, meant) => {
    expect(inOtherLayout(typed)).toBe(meant);
  });
});
