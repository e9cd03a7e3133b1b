import { experimentMessages } from './experiments/en.js';
import { results } from './results/en.js';
import { topicMessages } from './topics/topics.en.js';

/** Messages of this room in English. */
export const messages = {
  INVALID_INPUT: 'This is not filled in as it must be.',
  NOT_FOUND: 'There is no such thing among what you may see.',
  IDEMPOTENCY_KEY_REUSED: 'This request was used for something else. Send it anew.',
  // Ranking.
  MODEL_UNREADABLE: 'This version cannot read the model. Train another one.',
  NO_FORMER_MODEL: 'No model ran before this one.',
  // Results.
  ...results,
  // Texts.
  ...topicMessages,
  // Experiments.
  ...experimentMessages,
};
