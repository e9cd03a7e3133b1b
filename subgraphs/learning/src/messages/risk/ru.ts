/** Reasons of risk in Russian; the curator reads them of a student. */
export const risk = {
  RISK_NEVER_STARTED: 'Ничего не делает с начала курса; дней прошло: {{value}}.',
  RISK_NO_HOMEWORK_SINCE: 'Ничего не сдаёт, хотя срок прошёл; дней без сданных работ: {{value}}.',
  RISK_MISSED_WORK: 'Не сдано в срок работ: {{value}}.',
  RISK_BEHIND_OTHERS: 'Большинство уже сдало эти работы, а здесь их нет: {{value}}.',
  RISK_LOW_SCORES: 'Оценки среди самых низких: в среднем {{value}} %.',
  RISK_FALLING_SCORES: 'Оценки снизились на столько баллов: {{value}}.',
  RISK_LATE_SUBMISSIONS: 'Сдано с опозданием работ: {{value}}.',
  RISK_LAST_MINUTE: 'Сдаёт в последний момент: {{value}} % остальных сдают раньше.',
  RISK_REPEATED_COURSE: 'Начинает курс не впервые; прежних попыток: {{value}}.',
  RISK_ENROLLED_LATE: 'Поступление позже, чем у {{value}} % остальных.',
  RISK_INACTIVE: 'Дней без каких-либо занятий: {{value}}.',
  RISK_BEHIND_SCHEDULE: 'Отставание от остальных в пройденных уроках: {{value}}.',
  RISK_FAILED_ATTEMPTS: 'Неудачных попыток тестов за две недели: {{value}}.',
};
