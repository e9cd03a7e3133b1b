import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { longText, reference, text, withoutNulls } from '../input.rules.js';

/** What an entry of the knowledge base is. */
export const knowledgeKinds = ['LESSON', 'FAQ', 'GRAMMAR_RULE'] as const;
/** @see knowledgeKinds */
export type KnowledgeKind = (typeof knowledgeKinds)[number];

/** Languages of entries, questions and answers. */
export const knowledgeLanguages = ['en', 'ru'] as const;
/** @see knowledgeLanguages */
export type KnowledgeLanguage = (typeof knowledgeLanguages)[number];

/** Most characters of an entry's text. */
export const MOST_BODY = 20_000;

/** What staff writes; lessons come from their courses. */
export const knowledgeInput = z.preprocess(
  withoutNulls,
  z.object({
    entryId: reference.optional(),
    kind: z.enum(['FAQ', 'GRAMMAR_RULE']),
    language: z.enum(knowledgeLanguages),
    title: text(3, 200),
    body: text(20, MOST_BODY),
    source: longText(300).optional(),
    idempotencyKey,
  }),
);

/** Which entry goes. */
export const knowledgeDeletion = z.object({ entryId: reference });

/** The language that a text is written in: Russian as soon as it has as much Cyrillic as a word. */
export function languageOf(text: string): KnowledgeLanguage {
  const cyrillic = text.match(/[а-яё]/gi)?.length ?? 0;
  return cyrillic >= 3 ? 'ru' : 'en';
}
