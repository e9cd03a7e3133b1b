import { describe, expect, it } from 'vitest';
import { SEEN, UNSEEN } from '../../test/texts/judged-sentences.js';
import { readText } from './mentions.rules.js';

const SIGNS = { PRAISE: '+', COMPLAINT: '-', NEUTRAL: '0' } as const;

/** What is said in a text, as it is written beside judged sentences. */
function said(text: string): string[] {
  return readText(text).mentions.map(({ topic, tone }) => `${topic}${SIGNS[tone]}`);
}

/** Of praise and complaints together: what is only named decides nothing. */
function measured(judged: typeof SEEN): { precision: number; recall: number } {
  let [right, found, wanted] = [0, 0, 0];
  for (const [text, topics] of judged) {
    const clear = new Set(topics.split(' ').filter((one) => !one.endsWith('0')));
    const answers = said(text).filter((one) => !one.endsWith('0'));
    found += answers.length;
    wanted += clear.size;
    right += answers.filter((one) => clear.has(one)).length;
  }
  return { precision: right / found, recall: right / wanted };
}

describe('what reviews praise and complain about', () => {
  it('is found in 151 sentences whose words are in the tables', () => {
    const { precision, recall } = measured(SEEN);
    expect(SEEN).toHaveLength(151);
    expect(precision).toBeGreaterThan(0.96);
    expect(recall).toBeGreaterThan(0.96);
  });

  it('is found in 64 sentences that the tables were never fitted to: what is said is true, not all of it is found', () => {
    const { precision, recall } = measured(UNSEEN);
    expect(UNSEEN).toHaveLength(64);
    expect(precision).toBeGreaterThan(0.92);
    expect(recall).toBeGreaterThan(0.74);
  });

  it.each([
    ['Терпеливый', 'PATIENCE+'],
    ['Не очень терпеливый', 'PATIENCE-'],
    ['Не только терпеливый', 'PATIENCE+'],
    ['Терпения не хватает', 'PATIENCE-'],
    ['Опаздывает', 'PUNCTUALITY-'],
    ['Не опаздывает', 'PUNCTUALITY+'],
    ['Опозданий нет', 'PUNCTUALITY+'],
    ['Never late', 'PUNCTUALITY+'],
    ["He isn't very punctual", 'PUNCTUALITY-'],
    ['Not only punctual', 'PUNCTUALITY+'],
    ['Without any delay, and kind', 'KINDNESS+'],
    ['I would have liked clear explanations', 'CLARITY-'],
  ])('turns with a negation: %s', (text, topics) => {
    expect(said(text)).toEqual([topics]);
  });

  it.each([
    ['Хорошо объясняет, но часто опаздывает.', ['CLARITY+', 'PUNCTUALITY-']],
    ['Строгая, зато интересно.', ['INTEREST+', 'STRICTNESS+']],
    ['Very patient, but never on time.', ['PATIENCE+', 'PUNCTUALITY-']],
    ['Although she is strict, lessons are never boring.', ['INTEREST+', 'STRICTNESS+']],
  ])('keeps apart what stands on both sides of a contrast: %s', (text, topics) => {
    expect(said(text)).toEqual(topics);
  });

  it('is nothing in texts that say nothing of a tutor', () => {
    for (const text of ['', '…', '👍', 'Занимались в среду.', 'We met on Tuesday.', '12345']) {
      expect(readText(text)).toEqual({ mentions: [], good: 0, bad: 0 });
    }
  });

  it('is found in time that grows with the text only as fast as the text', () => {
    const text = 'Never late, очень терпеливая, not boring. '.repeat(500);
    expect(said(text)).toEqual(said(text.slice(0, 42)));
  });
});
