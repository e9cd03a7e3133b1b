import type { Random } from '@tutorgraph/kit/demo/random';
import type { Answer } from '../questions/answer.rules.js';
import type { QuestionContent } from '../questions/question.rules.js';

/** What somebody might answer who knows a share of the matter; null where they leave it out. */
export function madeUpAnswer(content: QuestionContent, random: Random, skill: number): Answer | null {
  const knows = () => random.chance(skill);
  switch (content.kind) {
    case 'SINGLE': {
      const isRight = knows();
      const { id } = random.pick(content.options.filter((option) => option.isRight === isRight));
      return { kind: 'SINGLE', optionIds: [id] };
    }
    case 'MULTIPLE': {
      const optionIds = content.options.filter(({ isRight }) => isRight === knows()).map(({ id }) => id);
      return optionIds.length > 0 ? { kind: 'MULTIPLE', optionIds } : null;
    }
    case 'SHORT_TEXT': {
      if (!knows()) return random.chance(0.5) ? { kind: 'SHORT_TEXT', text: '???' } : null;
      return { kind: 'SHORT_TEXT', text: random.pick(content.accepted) };
    }
    case 'ORDER': {
      const itemIds = content.items.map(({ id }) => id);
      return { kind: 'ORDER', itemIds: knows() ? itemIds : random.shuffle(itemIds) };
    }
    case 'MATCH': {
      const pairs = content.prompts.map(({ id: promptId, choiceId }) => {
        return { promptId, choiceId: knows() ? choiceId : random.pick(content.choices).id };
      });
      return { kind: 'MATCH', pairs };
    }
    case 'GAP': {
      const texts = content.gaps.map(({ accepted }) => (knows() ? random.pick(accepted) : '–'));
      return { kind: 'GAP', texts };
    }
  }
}
