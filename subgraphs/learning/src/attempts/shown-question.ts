import type { Choice, QuestionContent } from '../questions/question.rules.js';
import { shuffled } from '../questions/shuffle.rules.js';
import type { AttemptedQuestion } from './attempt.repository.js';

/** By what the options of an attempt are shuffled. */
export interface Shuffling {
  seed: string;
  shufflesOptions: boolean;
}

/**
 * A question as the graph shows it to whoever answers it: an `AttemptQuestion`. Nothing in it tells what is right: each field is
 * named here, ids are random, and an order that could be right is always shuffled.
 */
export function shownQuestion(question: AttemptedQuestion, shuffling: Shuffling) {
  const { id, position, prompt, points, sequence, answer, content } = question;
  const isAnswered = answer !== null;
  return { kind: content.kind, id, position, prompt, points, sequence, isAnswered, ...partsOf(question, shuffling) };
}

function partsOf({ id, content, answer }: AttemptedQuestion, { seed, shufflesOptions }: Shuffling) {
  const inOrder = (choices: readonly Choice[]): Choice[] => choices.map(plain);
  const mixed = (choices: readonly Choice[]): Choice[] =>
    shuffled(choices, `${seed}/${id}`, (one) => one.id).map(plain);
  const asTold = shufflesOptions ? mixed : inOrder;
  switch (content.kind) {
    case 'SINGLE':
    case 'MULTIPLE': {
      const chosenIds = answer && 'optionIds' in answer ? answer.optionIds : [];
      return { options: asTold(content.options), allowsSeveral: content.kind === 'MULTIPLE', chosenIds };
    }
    case 'SHORT_TEXT':
      return { typed: answer?.kind === 'SHORT_TEXT' ? answer.text : null };
    case 'ORDER':
      return { items: mixed(content.items), orderedIds: answer?.kind === 'ORDER' ? answer.itemIds : [] };
    case 'MATCH':
      return matchParts(content, answer?.kind === 'MATCH' ? answer.pairs : [], asTold, mixed);
    case 'GAP':
      return { texts: content.texts, filled: answer?.kind === 'GAP' ? answer.texts : [] };
  }
}

type Arranged = (choices: readonly Choice[]) => Choice[];

function matchParts(
  { prompts, choices }: Extract<QuestionContent, { kind: 'MATCH' }>,
  pairs: readonly { promptId: string; choiceId: string }[],
  asTold: Arranged,
  mixed: Arranged,
) {
  return { prompts: asTold(prompts), choices: mixed(choices), pairs };
}

/** Without whether it is right, or what belongs to it. */
function plain({ id, text }: Choice): Choice {
  return { id, text };
}
