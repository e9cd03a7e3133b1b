/** What tutors are told of interviews and verifications, in Russian. */
export const tutoring = {
  'notification.INTERVIEW_SCHEDULED.about': 'Собеседование назначено',
  'notification.INTERVIEW_SCHEDULED.title_TUTOR': 'Ваше собеседование: {{subject}}, {{startsAt}}',
  'notification.INTERVIEW_SCHEDULED.body_TUTOR':
    'Будем рады знакомству. Видеокомната откроется со страницы собеседования.',
  'notification.INTERVIEW_SCHEDULED.title_STAFF': 'Собеседование: {{tutorName}}, {{startsAt}}',
  'notification.INTERVIEW_SCHEDULED.body_STAFF':
    'Предмет: {{subject}}. Видеокомната откроется со страницы собеседования.',
  'notification.INTERVIEW_RESCHEDULED.about': 'Собеседование изменилось',
  'notification.INTERVIEW_RESCHEDULED.title_TUTOR': 'Собеседование перенесено: {{startsAt}}',
  'notification.INTERVIEW_RESCHEDULED.body_TUTOR':
    'Предмет: {{subject}}. Если время не подходит, отмените и попросите другое.',
  'notification.INTERVIEW_RESCHEDULED.title_STAFF': 'Собеседование изменилось: {{tutorName}}, {{startsAt}}',
  'notification.INTERVIEW_RESCHEDULED.body_STAFF': 'Предмет: {{subject}}. С репетитором говорите вы.',
  'notification.INTERVIEW_REJECTED.about': 'Ответ на просьбу о собеседовании',
  'notification.INTERVIEW_REJECTED.title': 'Пока без собеседования: {{subject}}',
  'notification.INTERVIEW_REJECTED.body':
    'Спасибо за интерес. Причина указана в вашей просьбе; можно попросить ещё раз.',
  'notification.INTERVIEW_COMPLETED.about': 'Итог собеседования',
  'notification.INTERVIEW_COMPLETED.title_PASSED': 'Собеседование пройдено: {{subject}}',
  'notification.INTERVIEW_COMPLETED.body_PASSED': 'Поздравляем! Ученики увидят это в вашей анкете.',
  'notification.INTERVIEW_COMPLETED.title_FAILED': 'Итог собеседования: {{subject}}',
  'notification.INTERVIEW_COMPLETED.body_FAILED':
    'В этот раз не получилось. Спасибо за ваше время; позже можно попробовать снова.',
  'notification.INTERVIEW_CANCELLED.about': 'Собеседование отменено',
  'notification.INTERVIEW_CANCELLED.title_TUTOR': 'Собеседование отменено: {{subject}}',
  'notification.INTERVIEW_CANCELLED.body_TUTOR':
    'Нам жаль. Причина указана на его странице; там же попросите другое время.',
  'notification.INTERVIEW_CANCELLED.title_STAFF': 'Репетитор отменил собеседование: {{tutorName}}',
  'notification.INTERVIEW_CANCELLED.body_STAFF': 'Предмет: {{subject}}. Время снова свободно.',
  'notification.VERIFICATION_APPROVED.about': 'Проверка пройдена',
  'notification.VERIFICATION_APPROVED.title': 'Подтверждено: {{kind}}',
  'notification.VERIFICATION_APPROVED.body': 'Ближайшие 12 месяцев ученики видят значок в вашей анкете.',
  'notification.VERIFICATION_REJECTED.about': 'Проверка не пройдена',
  'notification.VERIFICATION_REJECTED.title': 'Не подтверждено: {{kind}}',
  'notification.VERIFICATION_REJECTED.body': 'Причина указана в вашем запросе. Исправьте и отправьте снова.',
  'notification.VERIFICATION_EXPIRING.about': 'Проверка действует ещё 30 дней',
  'notification.VERIFICATION_EXPIRING.title': 'Действует ещё 30 дней: {{kind}}',
  'notification.VERIFICATION_EXPIRING.body': 'Отправьте документы снова сейчас, и значок останется в анкете.',
  'notification.VERIFICATION_EXPIRED.about': 'Срок проверки истёк',
  'notification.VERIFICATION_EXPIRED.title': 'Больше не подтверждено: {{kind}}',
  'notification.VERIFICATION_EXPIRED.body': 'Прошло 12 месяцев. Отправьте документы снова, чтобы вернуть значок.',
  'notification.verification.DIPLOMA': 'диплом',
  'notification.verification.CERTIFICATE': 'сертификат',
  'notification.verification.BACKGROUND_CHECK': 'проверка биографии',
  'notification.verification.IDENTITY': 'личность',
};
