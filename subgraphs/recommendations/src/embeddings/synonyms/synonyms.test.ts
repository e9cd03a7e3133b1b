import { wordsOf } from '@tutorgraph/kit/ai/local-words';
import { expect, test } from 'vitest';
import { SYNONYMS } from './synonyms.js';

test('a phrase stands in one group only, and no group is made of words that every text has', () => {
  const groupOf = new Map<string, number>();
  for (const [group, phrases] of SYNONYMS.entries()) {
    for (const phrase of phrases) {
      const words = wordsOf(phrase);
      const stems = words.map(({ stem }) => stem).join(' ');
      expect(stems, phrase).not.toBe('');
      expect(words.length === 1 && words[0]?.isStopWord === true, phrase).toBe(false);
      expect(groupOf.get(stems) ?? group, `«${phrase}» stands in two groups`).toBe(group);
      groupOf.set(stems, group);
    }
  }
  expect(SYNONYMS.length).toBeGreaterThanOrEqual(150);
});
