import type { Choice, ContentOf, QuestionContent } from './question.rules.js';

/** What is right, as the graph shows it: a `QuestionKey`. Whoever asks checks first that the viewer may see it. */
export function keyOf(content: QuestionContent) {
  return content.kind === 'MATCH' ? { kind: content.kind, ...pairsOf(content) } : content;
}

function pairsOf({ prompts, choices }: ContentOf<'MATCH'>): {
  pairs: { prompt: Choice; choice: Choice }[];
  distractors: Choice[];
} {
  const used = new Set(prompts.map(({ choiceId }) => choiceId));
  const byId = new Map(choices.map((choice) => [choice.id, choice]));
  return {
    pairs: prompts.flatMap((prompt) => {
      const choice = byId.get(prompt.choiceId);
      return choice ? [{ prompt, choice }] : [];
    }),
    distractors: choices.filter(({ id }) => !used.has(id)),
  };
}
