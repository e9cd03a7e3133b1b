/** Texts of the exchange with GetCourse in Russian. */
export const getCourse = {
  GETCOURSE_NOT_CONFIGURED:
    'Обмен с GetCourse не настроен. Попросите администратора сервера задать GETCOURSE_URL и GETCOURSE_KEY.',
  EXCHANGE_RUNNING: 'Ученики уже загружаются из GetCourse. Дождитесь окончания.',
};
