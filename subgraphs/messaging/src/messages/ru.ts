import { notifications } from './notifications/ru.js';

/** Messages of this room in Russian. */
export const messages = {
  ...notifications,
  INVALID_INPUT: 'Это заполнено не так, как нужно.',
  NOT_FOUND: 'Такого нет, или вам это не видно.',
  IDEMPOTENCY_KEY_REUSED: 'Этот запрос уже использован для другого. Отправьте его заново.',
  // Chat rooms.
  PERSON_NOT_FOUND: 'Такого человека нет.',
  PERSON_BANNED: 'Этого человека заблокировали в комнате. Сначала снимите блокировку.',
  ROOM_FULL: 'В комнате больше нет мест.',
  ROOM_CLOSED: 'Эта комната закрыта.',
  NOT_A_MODERATOR: 'Это могут только модераторы комнаты.',
  NOT_IN_SUCH_ROOMS: 'В такой комнате это невозможно.',
  NOTHING_IN_COMMON: 'Вы сможете переписываться, когда между вами появится отклик или занятие.',
  NOT_YOURSELF: 'С собой этого сделать нельзя.',
  OWN_MESSAGE: 'Это ваше собственное сообщение.',
  REPORT_DECIDED: 'По этой жалобе уже принято решение.',
  // Mails.
  'mail.hello': 'Здравствуйте!',
  'mail.open': 'Открыть',
  'mail.settings': 'Выберите, о чём вам писать:',
};
