/** Messages of this room in Russian. */
export const messages = {
  INVALID_INPUT: 'Поле заполнено неверно.',
  INVALID_CREDENTIALS: 'Неверный адрес или пароль.',
  SESSION_ENDED: 'Сеанс завершён. Войдите снова.',
  ACCOUNT_SUSPENDED: 'Учётная запись приостановлена. Если это ошибка, напишите нам.',
  SESSION_NOT_FOUND: 'Такого сеанса у вас нет.',
  TELEGRAM_UNAVAILABLE: 'Вход через Telegram здесь не работает. Выберите другой способ.',
  TELEGRAM_INVALID: 'Telegram не подтвердил, кто вы. Откройте приложение в Telegram заново.',
  TELEGRAM_EXPIRED: 'Приложение открыто в Telegram слишком давно. Откройте его заново.',
  TELEGRAM_REPLAYED: 'Этот вход уже использован. Откройте приложение в Telegram заново.',
  TELEGRAM_LINKED_ELSEWHERE: 'Этот Telegram уже связан с другой учётной записью.',
  TELEGRAM_ALREADY_LINKED: 'Ваша учётная запись уже связана с другим Telegram. Сначала отвяжите его.',
  LAST_SIGN_IN_METHOD: 'Иначе вы не сможете войти. Сначала добавьте адрес почты и пароль.',
  USER_NOT_FOUND: 'Такой учётной записи нет.',
  EMAIL_TAKEN: 'Этот адрес уже у другой учётной записи.',
  USERNAME_TAKEN: 'Это имя пользователя занято, выберите другое.',
} as const;
