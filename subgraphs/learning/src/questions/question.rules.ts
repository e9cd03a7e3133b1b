import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { longText, text, withoutNulls } from '../input.rules.js';
import { normalised } from './text-match.rules.js';

/** What is asked for. */
export const questionKinds = ['SINGLE', 'MULTIPLE', 'SHORT_TEXT', 'ORDER', 'MATCH', 'GAP'] as const;
/** @see questionKinds */
export type QuestionKind = (typeof questionKinds)[number];

const choice = z.object({ id: z.string(), text: z.string() });
const optionsOf = z.array(choice.extend({ isRight: z.boolean(), feedback: z.string().optional() }));
const leniency = { isCaseSensitive: z.boolean(), typosAllowed: z.int().min(0).max(2) };

/** What a question shows, and what is right; as it is stored with a revision, which never changes. */
const questionContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('SINGLE'), options: optionsOf }),
  z.object({ kind: z.literal('MULTIPLE'), options: optionsOf }),
  z.object({ kind: z.literal('SHORT_TEXT'), accepted: z.array(z.string()), ...leniency }),
  /** In the right order. */
  z.object({ kind: z.literal('ORDER'), items: z.array(choice) }),
  /** Each prompt with the choice that belongs to it; several may share one, and some choices belong to none. */
  z.object({
    kind: z.literal('MATCH'),
    prompts: z.array(choice.extend({ choiceId: z.string() })),
    choices: z.array(choice),
  }),
  /** A gap lies between each two texts. */
  z.object({
    kind: z.literal('GAP'),
    texts: z.array(z.string()),
    gaps: z.array(z.object({ accepted: z.array(z.string()) })),
    ...leniency,
  }),
]);
/** @see questionContent */
export type QuestionContent = z.infer<typeof questionContent>;
/** The content of one kind. */
export type ContentOf<Kind extends QuestionKind> = Extract<QuestionContent, { kind: Kind }>;
/** Something to choose or to put in order. Ids are random: neither they nor their order hint at what is right. */
export type Choice = z.infer<typeof choice>;

const MOST_GAPS = 12;
const GAP = /\{\{(.*?)\}\}/gs;

const line = text(1, 300);
const acceptedText = text(1, 200);
const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} -]*[\p{L}\p{N}])?$/u)
  .max(40);
const shared = {
  prompt: text(1, 2_000),
  points: z.int().min(1).max(100).default(1),
  explanation: longText(4_000).default(null),
  tags: z.array(tag).max(10).default([]).transform(unique),
};
const forgiving = { isCaseSensitive: z.boolean().default(false), typosAllowed: z.int().min(0).max(2).default(0) };
const option = z.preprocess(
  withoutNulls,
  z.strictObject({ text: line, isRight: z.boolean(), feedback: text(1, 500).optional() }),
);
const options = z
  .array(option)
  .min(2)
  .max(12)
  .refine((all) => areDifferent(all.map((one) => one.text)));

const byKind = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('SINGLE'),
    ...shared,
    options: options.refine((all) => all.filter(({ isRight }) => isRight).length === 1),
  }),
  z.strictObject({
    kind: z.literal('MULTIPLE'),
    ...shared,
    options: options.refine((all) => all.some(({ isRight }) => isRight)),
  }),
  z.strictObject({
    kind: z.literal('SHORT_TEXT'),
    ...shared,
    accepted: z.array(acceptedText).min(1).max(20),
    ...forgiving,
  }),
  z.strictObject({ kind: z.literal('ORDER'), ...shared, items: z.array(line).min(2).max(12).refine(areDifferent) }),
  z.strictObject({
    kind: z.literal('MATCH'),
    ...shared,
    pairs: z
      .array(z.strictObject({ prompt: line, choice: line }))
      .min(2)
      .max(12)
      .refine((pairs) => areDifferent(pairs.map(({ prompt }) => prompt))),
    distractors: z.array(line).max(6).default([]),
  }),
  z.strictObject({
    kind: z.literal('GAP'),
    ...shared,
    gapText: text(1, 4_000).refine((value) => areGapsFit(value)),
    ...forgiving,
  }),
]);

/** A question as an author writes it; fields of other kinds are refused. */
export const newQuestion = z.preprocess(withoutNulls, byKind);
/** @see newQuestion */
export type NewQuestion = z.infer<typeof newQuestion>;

/**
 * What is stored of a question as it was written.
 *
 * @param newChoiceId gives ids that say nothing: neither what is right nor in which order the author wrote @default random
 */
export function contentOf(question: NewQuestion, newChoiceId: () => string = randomUUID): QuestionContent {
  const choiceOf = (value: string): Choice => ({ id: newChoiceId(), text: value });
  switch (question.kind) {
    case 'SINGLE':
    case 'MULTIPLE':
      return {
        kind: question.kind,
        options: question.options.map(({ text: value, ...rest }) => ({ ...choiceOf(value), ...rest })),
      };
    case 'SHORT_TEXT': {
      const { kind, accepted, isCaseSensitive, typosAllowed } = question;
      return { kind, accepted, isCaseSensitive, typosAllowed };
    }
    case 'ORDER':
      return { kind: 'ORDER', items: question.items.map(choiceOf) };
    case 'MATCH': {
      const { pairs, distractors } = question;
      const texts = unique([...pairs.map((pair) => pair.choice), ...distractors]);
      const choices = new Map(texts.map((value) => [value, choiceOf(value)]));
      const prompts = pairs.map((pair) => ({
        ...choiceOf(pair.prompt),
        choiceId: choices.get(pair.choice)?.id ?? '',
      }));
      return { kind: 'MATCH', prompts, choices: [...choices.values()] };
    }
    case 'GAP': {
      const { kind, gapText, isCaseSensitive, typosAllowed } = question;
      const gaps = gapsOf(gapText).map((accepted) => ({ accepted }));
      return { kind, texts: textsOf(gapText), gaps, isCaseSensitive, typosAllowed };
    }
  }
}

/** What is accepted in each gap of a text such as `She {{goes|walks}} to school {{by}} bus.` */
function gapsOf(value: string): string[][] {
  return [...value.matchAll(GAP)].map(([, inner = '']) =>
    inner
      .split('|')
      .map((accepted) => accepted.trim())
      .filter((accepted) => accepted !== ''),
  );
}

function textsOf(value: string): string[] {
  // What is in brackets is captured, so that every other part is what is accepted in a gap.
  return value.split(GAP).filter((_, index) => index % 2 === 0);
}

function areGapsFit(value: string): boolean {
  const gaps = gapsOf(value);
  return gaps.length >= 1 && gaps.length <= MOST_GAPS && gaps.every((accepted) => accepted.length >= 1);
}

function areDifferent(texts: readonly string[]): boolean {
  return new Set(texts.map((value) => normalised(value, true))).size === texts.length;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
