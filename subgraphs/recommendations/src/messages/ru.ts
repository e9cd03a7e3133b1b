import { experimentMessages } from './experiments/ru.js';
import { results } from './results/ru.js';
import { topicMessages } from './topics/topics.ru.js';

/** Messages of this room in Russian. */
export const messages = {
  INVALID_INPUT: 'Поле заполнено неправильно.',
  NOT_FOUND: 'Такого нет среди того, что вам доступно.',
  IDEMPOTENCY_KEY_REUSED: 'Этот запрос уже использован для другого. Отправьте его заново.',
  // Ranking.
  MODEL_UNREADABLE: 'Эта версия программы не может прочитать модель. Обучите другую.',
  NO_FORMER_MODEL: 'До этой модели никакая другая не работала.',
  // Results.
  ...results,
  // Texts.
  ...topicMessages,
  // Experiments.
  ...experimentMessages,
};
