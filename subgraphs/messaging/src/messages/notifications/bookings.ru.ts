/** What people are told of their lessons, in Russian. */
export const bookings = {
  'notification.unscheduled': 'время ещё не выбрано',
  'notification.BOOKING_CONFIRMED.about': 'Занятие подтверждено',
  'notification.BOOKING_CONFIRMED.title': 'Занятие подтверждено: {{subject}}',
  'notification.BOOKING_CONFIRMED.body':
    'Вас ждёт {{otherName}}: {{startsAt}}. Видеокомната откроется со страницы занятия.',
  'notification.BOOKING_CONFIRMED.title_SERIES': 'Занятия подтверждены: {{subject}}',
  'notification.BOOKING_CONFIRMED.body_SERIES':
    'Вас ждёт {{otherName}}: {{startsAt}}. Все подтверждённые занятия серии есть в вашем списке занятий.',
  'notification.BOOKING_RESCHEDULED.about': 'Занятие перенесено',
  'notification.BOOKING_RESCHEDULED.title': 'Новое время: {{subject}}, {{otherName}}',
  'notification.BOOKING_RESCHEDULED.body': 'Теперь занятие начнётся так: {{startsAt}}.',
  'notification.BOOKING_CANCELLED.about': 'Занятие отменено',
  'notification.BOOKING_CANCELLED.title': 'Занятие отменено: {{subject}}, {{startsAt}}',
  'notification.BOOKING_CANCELLED.title_SERIES': 'Отменено несколько занятий: {{subject}}',
  'notification.BOOKING_CANCELLED.body_SERIES':
    'Не состоятся занятия ({{otherName}}), среди них {{startsAt}}. Что отменено и что вернётся, видно в списке занятий.',
  'notification.BOOKING_CANCELLED.body_BY_STUDENT':
    '{{otherName}} не сможет прийти. Это время снова свободно в вашем расписании.',
  'notification.BOOKING_CANCELLED.body_BY_TUTOR':
    '{{otherName}} не сможет провести это занятие. Выберите другое время или другого репетитора.',
  'notification.BOOKING_CANCELLED.body_BY_TUTOR_REFUND':
    '{{otherName}} не сможет провести это занятие. Мы вернём вам {{refundPercent}} % оплаты. Выберите другое время или другого репетитора.',
  'notification.BOOKING_CANCELLED.body_BY_PLATFORM':
    'Занятие не состоится ({{otherName}}). Нам жаль; если остались вопросы, напишите в поддержку.',
  'notification.BOOKING_CANCELLED.body_BY_PLATFORM_REFUND':
    'Занятие не состоится ({{otherName}}). Нам жаль; мы вернём вам {{refundPercent}} % оплаты.',
  'notification.BOOKING_REMINDER_DAY.about': 'До занятия остались сутки',
  'notification.BOOKING_REMINDER_DAY.title': 'Скоро занятие: {{subject}}, {{otherName}}',
  'notification.BOOKING_REMINDER_DAY.body':
    'Начало: {{startsAt}}. Если прийти не получится, лучше перенести занятие сейчас.',
  'notification.BOOKING_REMINDER_HOUR.about': 'До занятия остался час',
  'notification.BOOKING_REMINDER_HOUR.title': '{{subject}}: начало в {{startsAtTime}}',
  'notification.BOOKING_REMINDER_HOUR.body': 'Вас ждёт {{otherName}}. Войти можно со страницы занятия.',
  'notification.BOOKING_MEETING_CHANGED.about': 'Новая видеокомната занятия',
  'notification.BOOKING_MEETING_CHANGED.title': 'Новая видеокомната: {{subject}}, {{startsAtTime}}',
  'notification.BOOKING_MEETING_CHANGED.body':
    'Вас ждёт {{otherName}}. Войдите со страницы занятия: прежняя ссылка может не работать.',
  'notification.BOOKING_PAYMENT_AWAITED.about': 'Занятие ждёт оплаты',
  'notification.BOOKING_PAYMENT_AWAITED.title': 'Оплатите {{amount}}, чтобы сохранить занятие',
  'notification.BOOKING_PAYMENT_AWAITED.body':
    '{{subject}}, {{otherName}}, {{startsAt}}. Мы держим это время за вами, оплатите до срока: {{expiresAt}}.',
  'notification.BOOKING_EXPIRED.about': 'Занятие не оплачено вовремя',
  'notification.BOOKING_EXPIRED.title': 'Занятие не оплачено вовремя',
  'notification.BOOKING_EXPIRED.body':
    '{{subject}}, {{otherName}}, {{startsAt}}: время снова свободно. Если оно вам подходит, запишитесь ещё раз.',
  'notification.BOOKING_COMPLETED.about': 'Занятие прошло',
  'notification.BOOKING_COMPLETED.title': 'Как прошло занятие? {{otherName}} ждёт отзыва',
  'notification.BOOKING_COMPLETED.body':
    'Пара слов о занятии ({{subject}}) поможет другим выбрать, а репетитору стать лучше.',
  'notification.BOOKING_NO_SHOW.about': 'Пропущенное занятие',
  'notification.BOOKING_NO_SHOW.title_ABSENT': 'Нам сообщили, что вас не было: {{subject}}',
  'notification.BOOKING_NO_SHOW.body_ABSENT':
    'Занятие: {{startsAt}}, {{otherName}}. Если это не так, возразите до срока: {{disputeEndsAt}}.',
  'notification.BOOKING_NO_SHOW.title_PRESENT': 'Отмечено отсутствие: {{otherName}}',
  'notification.BOOKING_NO_SHOW.body_PRESENT':
    '{{subject}}, {{startsAt}}. {{otherName}} может возразить до срока: {{disputeEndsAt}}. После этого решение окончательное.',
  'notification.BOOKING_NO_SHOW.title_DECIDED': 'Мы приняли решение о занятии: {{subject}}',
  'notification.BOOKING_NO_SHOW.body_DECIDED':
    'Занятие ({{otherName}}, {{startsAt}}) считается пропущенным. Ученику вернётся {{refundPercent}} % оплаты.',
  'notification.BOOKING_DISPUTED.about': 'Спор о пропуске',
  'notification.BOOKING_DISPUTED.title': 'Мы разбираемся с занятием: {{subject}}',
  'notification.BOOKING_DISPUTED.body':
    'Вы и {{otherName}} говорите разное о занятии: {{startsAt}}. Наша команда решит и сообщит вам обоим.',
  'notification.BOOKING_REFUND_DUE.about': 'Оплата пришла слишком поздно',
  'notification.BOOKING_REFUND_DUE.title': 'Оплата пришла слишком поздно, мы её вернём',
  'notification.BOOKING_REFUND_DUE.body':
    '{{subject}}, {{otherName}}: в это время занятие уже невозможно. Вернём всё; выберите другое время.',
};
