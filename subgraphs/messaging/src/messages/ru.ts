import { accountTexts } from './accounts/ru.js';
import { invitationTexts } from './learning/ru.js';
import { notifications } from './notifications/ru.js';

/** Messages of this room in Russian. */
export const messages = {
  ...notifications,
  INVALID_INPUT: 'Это заполнено не так, как нужно.',
  NOT_FOUND: 'Такого нет, или вам это не видно.',
  IDEMPOTENCY_KEY_REUSED: 'Этот запрос уже использован для другого. Отправьте его заново.',
  // Notifications.
  CHANNEL_REQUIRED: 'Это слишком важно, чтобы отключать здесь.',
  'digest.title_one': '{{count}} новое уведомление',
  'digest.title_few': '{{count}} новых уведомления',
  'digest.title_many': '{{count}} новых уведомлений',
  'digest.title_other': '{{count}} нового уведомления',
  // Chat rooms.
  PERSON_NOT_FOUND: 'Такого человека нет.',
  PERSON_BANNED: 'Этого человека заблокировали в комнате. Сначала снимите блокировку.',
  ROOM_FULL: 'В комнате больше нет мест.',
  ROOM_CLOSED: 'Эта комната закрыта.',
  NOT_A_MODERATOR: 'Это могут только модераторы комнаты.',
  IS_MODERATOR: 'Этот человек сам модератор комнаты. Обратитесь к администрации.',
  NOT_IN_SUCH_ROOMS: 'В такой комнате это невозможно.',
  NOTHING_IN_COMMON: 'Вы сможете переписываться, когда между вами появится отклик или занятие.',
  NOT_YOURSELF: 'С собой этого сделать нельзя.',
  OWN_MESSAGE: 'Это ваше собственное сообщение.',
  REPORT_DECIDED: 'По этой жалобе уже принято решение.',
  // Devices.
  TOO_MANY_TOPICS: 'У этого устройства слишком много тем. Сначала отпишитесь от какой-нибудь.',
  // Mails.
  ...accountTexts,
  ...invitationTexts,
  'mail.hello': 'Здравствуйте!',
  'mail.open': 'Открыть',
  'mail.settings': 'Выберите, о чём вам писать:',
  // Chat messages.
  BLOCKED: 'Вы не можете писать друг другу: один из вас заблокировал другого.',
  TOO_MANY_MESSAGES: 'Вы пишете слишком быстро. Попробуйте снова через {{seconds}} с.',
  SPAM_REFUSED: 'Это похоже на спам, поэтому не отправлено.',
  UPLOAD_NOT_FOUND: 'Такого вашего файла нет. Загрузите его заново.',
  UPLOAD_NOT_USABLE: 'Этот файл нельзя отправить с сообщением. Загрузите его как вложение.',
  NOT_YOURS: 'Это сообщение написали не вы.',
  NOT_EDITABLE: 'Сообщение можно изменить в течение 24 часов.',
  MESSAGE_DELETED: 'Это сообщение удалено.',
  TOO_MANY_REACTIONS: 'Разных реакций уже достаточно. Выберите одну из них.',
  TOO_MANY_PINS: 'Закреплено слишком много сообщений. Сначала открепите одно.',
  // Announcements.
  CRITICAL_NOT_ALLOWED: 'Отправлять в обход настроек людей могут только те, кто рассылает объявления.',
  ANNOUNCEMENT_ENDED: 'Это уже отправлено.',
};
