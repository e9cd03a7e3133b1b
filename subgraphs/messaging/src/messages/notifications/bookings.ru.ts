/** What people are told of their lessons, in Russian. */
export const bookings = {
  'notification.BOOKING_CONFIRMED.about': 'Занятие подтверждено',
  'notification.BOOKING_CONFIRMED.title': 'Занятие подтверждено: {{subject}}',
  'notification.BOOKING_CONFIRMED.body':
    'Встреча с {{otherName}}: {{startsAt}}. Видеокомната откроется со страницы занятия.',
  'notification.BOOKING_REMINDER_DAY.about': 'Занятие завтра',
  'notification.BOOKING_REMINDER_DAY.title': 'Скоро занятие: {{subject}}, {{otherName}}',
  'notification.BOOKING_REMINDER_DAY.body':
    'Начало: {{startsAt}}. Если не получается прийти, перенесите занятие заранее.',
  'notification.BOOKING_REMINDER_HOUR.about': 'Занятие через час',
  'notification.BOOKING_REMINDER_HOUR.title': '{{subject}}: начало в {{startsAtTime}}',
  'notification.BOOKING_REMINDER_HOUR.body': '{{otherName}} вас ждёт. Войти можно со страницы занятия.',
};
