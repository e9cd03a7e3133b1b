import { describe, expect, test } from 'vitest';
import { EMBEDDING_DIMENSIONS, LocalEmbedder } from './local-embedder.js';

const embedder = new LocalEmbedder();

function likeness(a: string, b: string, by = embedder): number {
  const [x = [], y = []] = by.embed([a, b]);
  return x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
}

describe('the local embedder', () => {
  test('gives vectors of length 1 that fit beside those of a provider, and the same ones each time', () => {
    const [vector = [], again] = embedder.embed(['Present Perfect or Past Simple?', 'Present Perfect or Past Simple?']);
    expect(vector).toHaveLength(EMBEDDING_DIMENSIONS);
    expect(Math.hypot(...vector)).toBeCloseTo(1);
    expect(again).toEqual(vector);
  });

  test('gives zeros for what has no words', () => {
    expect(
      embedder
        .embed(['', '?! …'])
        .flat()
        .every((value) => value === 0),
    ).toBe(true);
  });

  test.each([
    ['forms of a Russian word', 'домашнее задание', 'домашнего задания', 'смена куратора'],
    ['forms of an English word', 'conditional sentences', 'a conditional sentence', 'phrasal verb'],
    ['words with typos', 'present perfect', 'presnt perfct', 'past continuous'],
    ['English in Cyrillic letters', 'present perfect', 'презент перфект', 'паст симпл'],
    ['Russian in Latin letters', 'артикль', 'artikl', 'glagol'],
  ])('finds %s alike', (_what, text, alike, other) => {
    expect(likeness(text, alike)).toBeGreaterThan(0.1);
    expect(likeness(text, alike)).toBeGreaterThan(2 * likeness(text, other));
  });

  test('takes words of a group for one, in any language', () => {
    const taught = new LocalEmbedder({ synonyms: [['домашнее задание', 'домашка', 'homework']] });
    expect(likeness('домашка', 'homework')).toBeLessThan(0.1);
    expect(likeness('домашка', 'homework', taught)).toBeGreaterThan(0.3);
    expect(likeness('домашнее задание', 'homework', taught)).toBeGreaterThan(0.2);
  });

  test('weighs words less that most of the corpus has', () => {
    const corpus = ['lesson about articles', 'lesson about verbs', 'lesson about stress', 'lesson about schwa'];
    const taught = new LocalEmbedder({ corpus });
    expect(likeness('lesson schwa', 'lesson verbs', taught)).toBeLessThan(likeness('lesson schwa', 'lesson verbs'));
  });

  test('has another name as soon as it makes other vectors', () => {
    const { model } = new LocalEmbedder({ synonyms: [['a', 'b']], corpus: ['one'] });
    expect(model).toMatch(/^local-1-[0-9a-f]{8}$/);
    expect(new LocalEmbedder({ synonyms: [['a', 'b']], corpus: ['one'] }).model).toBe(model);
    expect(new LocalEmbedder({ synonyms: [['a', 'c']], corpus: ['one'] }).model).not.toBe(model);
    expect(new LocalEmbedder({ synonyms: [['a', 'b']], corpus: ['two'] }).model).not.toBe(model);
  });
});
