import { describe, expect, it } from 'vitest';
import { insightOf, praisedTopics, type ReadReview, sourceHash, strengthsOf } from './insight.rules.js';

let last = 0;
function review(text: string, rating = 5, found: ReadReview['found'] = []): ReadReview {
  return { id: String(++last), rating, text, found };
}

const PATIENT = [
  review('Очень терпеливая.'),
  review('So patient with me.'),
  review('Терпения не хватает.', 3),
  review('Никогда не опаздывает.'),
];

describe('what texts say of a tutor', () => {
  it('counts reviews, not words, and apart from what the profile claims', () => {
    const { topics } = insightOf('Терпеливый преподаватель. Много практики.', [
      ...PATIENT,
      review('Терпеливая, терпеливая, терпеливая!'),
    ]);
    expect(topics).toEqual([
      { topic: 'PATIENCE', mentions: 4, praises: 3, complaints: 1, isClaimed: true },
      { topic: 'PUNCTUALITY', mentions: 1, praises: 1, complaints: 0, isClaimed: false },
      { topic: 'PRACTICE', mentions: 0, praises: 0, complaints: 0, isClaimed: true },
    ]);
  });

  it('praises what two reviews praise, unless others complain half as often', () => {
    const twice = [review('Пунктуальна.'), review('Always on time.')];
    const names = (reviews: ReadReview[]) => praisedTopics(insightOf('', reviews).topics).map(({ topic }) => topic);
    expect(names(PATIENT)).toEqual(['PATIENCE']);
    expect(names([...PATIENT, review('Раздражается.', 2)])).toEqual([]);
    expect(names(twice)).toEqual(['PUNCTUALITY']);
    expect(names(twice.slice(1))).toEqual([]);
  });

  it('takes for strengths what the profile claims only when a review confirms it', () => {
    const { topics } = insightOf('Знаю всё про олимпиады, всегда пунктуальна.', PATIENT);
    expect(strengthsOf(topics).map(({ topic }) => topic)).toEqual(['PATIENCE', 'PUNCTUALITY']);
  });

  it('has a sentiment only where reviews feel something, and one alone does not decide', () => {
    expect(insightOf('Прекрасный преподаватель.', []).sentiment).toBeNull();
    expect(insightOf('', [review('Занимались в среду.')]).sentiment).toBeNull();
    expect(insightOf('', [review('Прекрасно!')]).sentiment).toBe(0.5);
    expect(insightOf('', [review('Ужасно.', 1)]).sentiment).toBe(-0.5);
    expect(
      insightOf(
        '',
        Array.from({ length: 9 }, () => review('Wonderful.')),
      ).sentiment,
    ).toBeCloseTo(0.9);
  });

  it('tells ways of teaching from both, never below nothing and never quite one', () => {
    const games = Array.from({ length: 40 }, () => review('Учимся в игре, очень весело и нравится.'));
    const { styles } = insightOf('Готовлю к ЕГЭ и ОГЭ.', [...games, review('Слишком строгая.', 3)]);
    expect(styles.PLAYFUL).toBeGreaterThan(0.9);
    expect(styles.PLAYFUL).toBeLessThan(1);
    expect(styles.EXAM_FOCUSED).toBeGreaterThan(0);
    expect(styles.DEMANDING).toBeUndefined();
  });

  it('believes a model only of what the rules do not say clearly', () => {
    const { topics } = insightOf('', [
      review('Опаздывает.', 2, [{ topic: 'PUNCTUALITY', tone: 'PRAISE' }]),
      review('Химия стала любимой.', 5, [{ topic: 'MOTIVATION', tone: 'PRAISE' }]),
    ]);
    expect(topics.map(({ topic, praises }) => [topic, praises])).toEqual([
      ['MOTIVATION', 1],
      ['PUNCTUALITY', 0],
    ]);
  });

  it('is told from what was read before by anything that may change it', () => {
    const [first] = PATIENT;
    if (!first) throw new Error('There is no review');
    const hashes = [
      sourceHash('a', [first]),
      sourceHash('b', [first]),
      sourceHash('a', [{ ...first, rating: 1 }]),
      sourceHash('a', [{ ...first, found: [{ topic: 'GAMES', tone: 'PRAISE' }] }]),
      sourceHash('a', []),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(sourceHash('a', [first])).toBe(hashes[0]);
  });
});
