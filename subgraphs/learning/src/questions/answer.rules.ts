import { z } from 'zod';
import type { ContentOf, QuestionContent, QuestionKind } from './question.rules.js';

const ids = z.array(z.string().max(100)).max(20);
const typed = z.string().max(300);

/** What somebody answered, as it is stored. */
export type Answer =
  | { kind: 'SINGLE'; optionIds: string[] }
  | { kind: 'MULTIPLE'; optionIds: string[] }
  | { kind: 'SHORT_TEXT'; text: string }
  | { kind: 'ORDER'; itemIds: string[] }
  | { kind: 'MATCH'; pairs: { promptId: string; choiceId: string }[] }
  | { kind: 'GAP'; texts: string[] };
/** The answer to one kind of question. */
export type AnswerTo<Kind extends QuestionKind> = Extract<Answer, { kind: Kind }>;

/** An answer as a client sends it: the one field that fits the question. */
export const givenAnswer = z.object({
  optionIds: ids.nullish(),
  text: typed.nullish(),
  itemIds: ids.nullish(),
  pairs: z
    .array(z.object({ promptId: z.string().max(100), choiceId: z.string().max(100) }))
    .max(20)
    .nullish(),
  gapTexts: z.array(typed).max(20).nullish(),
});
/** @see givenAnswer */
export type GivenAnswer = z.infer<typeof givenAnswer>;

/** What became of an answer that a client sent; null is one that was taken back. */
type Read = { answer: Answer | null } | 'UNFIT';

/** Fits an answer to its question: fields of other kinds, ids of something else and anything named twice do not. */
export function readAnswer(content: QuestionContent, given: GivenAnswer): Read {
  const fields = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  if (fields.length === 0) return { answer: null };
  if (fields.length > 1) return 'UNFIT';
  switch (content.kind) {
    case 'SINGLE':
    case 'MULTIPLE':
      return readOptions(content, given.optionIds);
    case 'SHORT_TEXT':
      return readText(given.text);
    case 'ORDER':
      return readOrder(content, given.itemIds);
    case 'MATCH':
      return readPairs(content, given.pairs);
    case 'GAP':
      return readGaps(content, given.gapTexts);
  }
}

type Sent<Field extends keyof GivenAnswer> = GivenAnswer[Field];

function readOptions({ kind, options }: ContentOf<'SINGLE' | 'MULTIPLE'>, optionIds: Sent<'optionIds'>): Read {
  if (!(optionIds && areAmong(optionIds, options)) || (kind === 'SINGLE' && optionIds.length > 1)) return 'UNFIT';
  return { answer: optionIds.length > 0 ? { kind, optionIds } : null };
}

function readText(text: Sent<'text'>): Read {
  if (!isStorable(text)) return 'UNFIT';
  return { answer: text.trim() === '' ? null : { kind: 'SHORT_TEXT', text } };
}

function readOrder({ items }: ContentOf<'ORDER'>, itemIds: Sent<'itemIds'>): Read {
  if (itemIds?.length === 0) return { answer: null };
  return itemIds?.length === items.length && areAmong(itemIds, items)
    ? { answer: { kind: 'ORDER', itemIds } }
    : 'UNFIT';
}

function readPairs({ prompts, choices }: ContentOf<'MATCH'>, pairs: Sent<'pairs'>): Read {
  const known = new Set(choices.map(({ id }) => id));
  const fits =
    pairs &&
    areAmong(
      pairs.map(({ promptId }) => promptId),
      prompts,
    ) &&
    pairs.every(({ choiceId }) => known.has(choiceId));
  if (!fits) return 'UNFIT';
  return { answer: pairs.length > 0 ? { kind: 'MATCH', pairs } : null };
}

function readGaps({ gaps }: ContentOf<'GAP'>, texts: Sent<'gapTexts'>): Read {
  if (texts?.length !== gaps.length || !texts.every(isStorable)) return 'UNFIT';
  return { answer: texts.every((text) => text.trim() === '') ? null : { kind: 'GAP', texts } };
}

/** PostgreSQL cannot hold the one character that ends a string in C. */
function isStorable(text: string | null | undefined): text is string {
  return typeof text === 'string' && !text.includes('\0');
}

function areAmong(chosen: readonly string[], known: readonly { id: string }[]): boolean {
  const all = new Set(known.map(({ id }) => id));
  return new Set(chosen).size === chosen.length && chosen.every((id) => all.has(id));
}
