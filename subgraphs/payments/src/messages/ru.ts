/** Messages of this room in Russian. */
export const messages = {
  INVALID_INPUT: 'Поле заполнено неверно.',
  NOT_FOUND: 'Ничего не найдено.',
  IDEMPOTENCY_KEY_REUSED: 'Этот запрос уже был использован для другого. Отправьте его заново.',
};
