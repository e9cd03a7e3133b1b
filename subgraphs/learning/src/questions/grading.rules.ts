import type { Answer, AnswerTo } from './answer.rules.js';
import type { ContentOf, QuestionContent } from './question.rules.js';
import { isAccepted } from './text-match.rules.js';

/** Points are counted in hundredths, in whole numbers, so that a sum is never a hair below what it should be. */
export const HUNDREDTHS = 100;

/**
 * Which share of a question's points an answer earns, 0 to 1:
 *
 * - SINGLE, SHORT_TEXT: all or nothing;
 * - MULTIPLE: right options chosen, less wrong ones, by all right ones; not below 0;
 * - ORDER: neighbours that are neighbours in the right order, too, by all such neighbours;
 * - MATCH: prompts with their choice, by all prompts;
 * - GAP: gaps that are filled in rightly, by all gaps.
 */
export function shareOf(content: QuestionContent, answer: Answer | null): number {
  switch (answer?.kind) {
    case 'SINGLE':
    case 'MULTIPLE':
      return content.kind === answer.kind ? shareOfOptions(content, answer) : 0;
    case 'SHORT_TEXT':
      return content.kind === answer.kind && isAccepted(answer.text, content.accepted, content) ? 1 : 0;
    case 'ORDER':
      return content.kind === answer.kind ? shareOfNeighbours(content, answer) : 0;
    case 'MATCH':
      return content.kind === answer.kind ? shareOfPairs(content, answer) : 0;
    case 'GAP':
      return content.kind === answer.kind ? shareOfGaps(content, answer) : 0;
    default:
      return 0;
  }
}

/** Hundredths of points that an answer earns. */
export function earnedBy(content: QuestionContent, points: number, answer: Answer | null): number {
  return Math.round(points * HUNDREDTHS * shareOf(content, answer));
}

/** What an attempt comes to. */
export interface Grade {
  /** Hundredths of points. */
  earned: number;
  possible: number;
  /** Rounded down: nobody passes by rounding. */
  percent: number;
  passed: boolean;
}

/** Adds up what the questions of an attempt earned. */
export function gradeOf(earned: readonly number[], possible: number, passingPercent: number): Grade {
  const sum = earned.reduce((total, one) => total + one, 0);
  const percent = possible > 0 ? Math.floor((sum * 100) / possible) : 0;
  return { earned: sum, possible, percent, passed: percent >= passingPercent };
}

function shareOfOptions({ options }: ContentOf<'SINGLE' | 'MULTIPLE'>, { optionIds }: AnswerTo<'SINGLE' | 'MULTIPLE'>) {
  const right = new Set(options.filter(({ isRight }) => isRight).map(({ id }) => id));
  const hits = optionIds.filter((id) => right.has(id)).length;
  return Math.max(0, (hits - (optionIds.length - hits)) / right.size);
}

function shareOfNeighbours({ items }: ContentOf<'ORDER'>, { itemIds }: AnswerTo<'ORDER'>): number {
  const next = new Map(items.slice(1).map(({ id }, index) => [items[index]?.id, id]));
  const kept = itemIds.slice(1).filter((id, index) => next.get(itemIds[index]) === id).length;
  return kept / next.size;
}

function shareOfPairs({ prompts }: ContentOf<'MATCH'>, { pairs }: AnswerTo<'MATCH'>): number {
  const given = new Map(pairs.map(({ promptId, choiceId }) => [promptId, choiceId]));
  return prompts.filter(({ id, choiceId }) => given.get(id) === choiceId).length / prompts.length;
}

function shareOfGaps(content: ContentOf<'GAP'>, { texts }: AnswerTo<'GAP'>): number {
  const filled = content.gaps.filter(({ accepted }, index) => isAccepted(texts[index] ?? '', accepted, content));
  return filled.length / content.gaps.length;
}
