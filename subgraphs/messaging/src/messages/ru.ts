/** Messages of this room in Russian. */
export const messages = {
  INVALID_INPUT: 'Это заполнено не так, как нужно.',
  NOT_FOUND: 'Такого нет, или вам это не видно.',
  IDEMPOTENCY_KEY_REUSED: 'Этот запрос уже использован для другого. Отправьте его заново.',
};
