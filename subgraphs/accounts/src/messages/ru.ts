/** Messages of this room in Russian. */
export const ru = {
  INVALID_INPUT: 'Поле заполнено неверно.',
  INVALID_CREDENTIALS: 'Неверный адрес или пароль.',
  SESSION_ENDED: 'Сеанс завершён. Войдите снова.',
} as const;
