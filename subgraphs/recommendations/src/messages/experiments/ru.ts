/** Messages about experiments in Russian. */
export const experimentMessages = {
  EXPERIMENT_NAME_TAKEN: 'Эксперимент с таким названием уже есть. Выберите другое.',
  EXPERIMENT_STATUS: 'Из нынешнего состояния эксперимент так продолжить нельзя. Посмотрите на его статус.',
  EXPERIMENTS_OVERLAP:
    'На части этих участников уже идёт или стоит на паузе другой эксперимент той же группы. Завершите его или выберите другой диапазон.',
};
