import { describe, expect, test } from 'vitest';
import { fitLatentEmbedder, LatentEmbedder } from './latent-embedder.js';

const SYNONYMS = [
  ['математика', 'матеша', 'maths'],
  ['разговорный', 'speaking'],
];
const SUBJECTS = ['математика', 'химия', 'guitar', 'english'];
const MANNERS = ['терпеливо и спокойно', 'строго и системно', 'with games', 'speaking a lot'];
const texts = Array.from(
  { length: 96 },
  (_, index) => `${SUBJECTS[index % 4]} ${MANNERS[Math.trunc(index / 4) % 4]} урок${index % 7} тема${index % 11}`,
);
const content = fitLatentEmbedder(texts, { synonyms: SYNONYMS, columns: 2_048, rank: 32 });
const embedder = new LatentEmbedder(content, SYNONYMS);

function likeness(a: string, b: string): number {
  const [x = [], y = []] = embedder.embed([a, b]);
  return x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
}

describe('the latent embedder', () => {
  test('gives short vectors of length 1, and the same ones each time', () => {
    const [vector = [], again] = embedder.embed(['математика терпеливо', 'математика терпеливо']);
    expect(vector).toHaveLength(32);
    expect(embedder.dimensions).toBe(32);
    expect(Math.hypot(...vector)).toBeCloseTo(1);
    expect(again).toEqual(vector);
  });

  test('finds what is said in other words or with typos, in either language', () => {
    expect(likeness('матеша', 'математика строго')).toBeGreaterThan(2 * likeness('матеша', 'химия строго'));
    expect(likeness('maths', 'математика')).toBeGreaterThan(0.5);
    expect(likeness('матиматека', 'математика')).toBeGreaterThan(2 * likeness('матиматека', 'химия'));
  });

  test('gives zeros for what has no words, and for words that the catalogue has nothing of', () => {
    expect(new Set(embedder.embed(['', '?! …']).flat())).toEqual(new Set([0]));
  });

  test('learns the same from the same texts, and has another name when it knows another thing', () => {
    const again = fitLatentEmbedder(texts, { synonyms: SYNONYMS, columns: 2_048, rank: 32 });
    expect(Buffer.from(again).equals(content)).toBe(true);
    expect(new LatentEmbedder(again, SYNONYMS).model).toBe(embedder.model);
    expect(new LatentEmbedder(content, []).model).not.toBe(embedder.model);
    const other = fitLatentEmbedder(texts.slice(1), { synonyms: SYNONYMS, columns: 2_048, rank: 32 });
    expect(new LatentEmbedder(other, SYNONYMS).model).not.toBe(embedder.model);
  });

  test('is not read from what is cut, and not fitted on texts without words', () => {
    expect(() => new LatentEmbedder(content.subarray(0, content.length - 1), SYNONYMS)).toThrow('The factors are cut');
    expect(() => fitLatentEmbedder(['', '…'], { synonyms: [] })).toThrow('no words to learn from');
  });
});
