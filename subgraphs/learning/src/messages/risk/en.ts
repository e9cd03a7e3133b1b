/** Reasons of risk in English; the curator reads them of a student. */
export const risk = {
  RISK_NEVER_STARTED: 'Has done nothing yet; days since the course began: {{value}}.',
  RISK_NO_HOMEWORK_SINCE: 'Hands in nothing though work is due; days since the last: {{value}}.',
  RISK_MISSED_WORK: 'Work that was due and not handed in: {{value}}.',
  RISK_BEHIND_OTHERS: 'Work that most others have handed in already: {{value}}.',
  RISK_LOW_SCORES: 'Scores are among the lowest: {{value}} % on average.',
  RISK_FALLING_SCORES: 'Points by which scores have fallen: {{value}}.',
  RISK_LATE_SUBMISSIONS: 'Work that was handed in late: {{value}}.',
  RISK_LAST_MINUTE: 'Hands in at the last moment: {{value}} % of the others are earlier.',
  RISK_REPEATED_COURSE: 'Began this course before; times: {{value}}.',
  RISK_ENROLLED_LATE: 'Enrolled later than {{value}} % of the others.',
  RISK_INACTIVE: 'Days without doing anything: {{value}}.',
  RISK_BEHIND_SCHEDULE: 'Lessons behind the others: {{value}}.',
  RISK_FAILED_ATTEMPTS: 'Failed attempts at tests in the last two weeks: {{value}}.',
};
