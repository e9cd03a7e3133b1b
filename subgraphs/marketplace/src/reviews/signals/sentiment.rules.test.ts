import { describe, expect, it } from 'vitest';
import { REVIEW_PHRASES } from '../../demo/content/review-phrases.js';
import { sentimentOf } from './sentiment.rules.js';

const PRAISE = [
  'Отличный преподаватель, рекомендую!',
  'Очень понятно объясняет, дочке нравится.',
  'Не пожалели ни разу, спасибо!',
  'Совсем не скучно, занятия пролетают.',
  'Прекрасный учитель, терпеливый и внимательный.',
  'Сдал экзамен на отлично, огромное спасибо.',
  'Сначала было сложно, но теперь всё понятно и интересно.',
  'Лучший репетитор из всех, с кем занимались.',
  'Ребёнок в восторге.',
  'Помог подтянуть физику, результат превзошёл ожидания.',
  'An excellent teacher, highly recommended.',
  'Very patient and kind, my son enjoys every lesson.',
  'Not boring at all.',
  'Clear explanations and great progress.',
  'I passed my exam thanks to her.',
  'Expensive, but the best teacher we have had.',
  'She never makes you feel stupid and is always helpful.',
  'Absolutely brilliant lessons.',
  'My confidence has grown, thank you!',
  'Friendly, punctual and well prepared.',
];
const BLAME = [
  'Ужасные занятия, зря потратили деньги.',
  'Совсем не понятно объясняет.',
  'Постоянно опаздывает и отменяет уроки.',
  'Не рекомендую никому.',
  'Очень скучно, сын разочарован.',
  'Грубо разговаривала с ребёнком, кричала.',
  'Преподаватель хороший, но постоянно опаздывал, и прогресса нет.',
  'Бесполезно, результата никакого.',
  'Никакой подготовки, сплошная халтура.',
  'Не понравилось.',
  'A complete waste of time.',
  'Terrible lessons, always late.',
  'I would not recommend her.',
  'Rude and unprepared.',
  'Boring and confusing.',
  'He did not help at all.',
  'Not good, not helpful.',
  'Friendly at first, but then cancelled lesson after lesson and ignored my messages.',
  'Overpriced and disorganised.',
  'I was very disappointed.',
];

/** Which share of texts that say anything says it the right way round. */
function share(texts: readonly string[], sign: 1 | -1): { right: number; said: number } {
  const scores = texts.map(sentimentOf).filter((score) => score !== null);
  const right = scores.filter((score) => Math.sign(score) === sign).length;
  return { right: right / scores.length, said: scores.length / texts.length };
}

describe('how a text sounds', () => {
  it.each([
    ['praise', PRAISE, 1],
    ['blame', BLAME, -1],
  ] as const)('is heard in %s, nine times of ten at least', (_name, texts, sign) => {
    const wrong = texts.filter((text) => Math.sign(sentimentOf(text) ?? 0) !== sign);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(texts.length / 10);
  });

  it.each([
    ['ru', 'self'],
    ['ru', 'parent'],
    ['en', 'self'],
    ['en', 'parent'],
  ] as const)('is heard in what people of the demo say, %s, %s', (locale, voice) => {
    const { delight, unhappy } = REVIEW_PHRASES[locale][voice];
    const plain = (texts: readonly string[]) => texts.map((text) => text.replaceAll(/\{~?([^|}]*)\|[^}]*\}/g, '$1'));
    const [glad, angry] = [share(plain(delight), 1), share(plain(unhappy), -1)];
    expect(glad.right).toBeGreaterThanOrEqual(0.85);
    expect(angry.right).toBeGreaterThanOrEqual(0.5);
    expect(glad.said).toBeGreaterThanOrEqual(0.5);
  });

  it('is between −1 and 1, stronger with degrees, weaker before "but", and nothing where no word says it', () => {
    expect(sentimentOf('Очень хорошо')).toBeGreaterThan(sentimentOf('Хорошо') ?? 1);
    expect(sentimentOf('A bit boring')).toBeGreaterThan(sentimentOf('Boring') ?? 1);
    expect(sentimentOf('Good but late')).toBeLessThan(sentimentOf('Late but good') ?? -1);
    expect(sentimentOf('excellent '.repeat(300))).toBeLessThanOrEqual(1);
    for (const text of [null, '', 'Integrals and fractions', '5 × 5']) expect(sentimentOf(text)).toBeNull();
  });
});
