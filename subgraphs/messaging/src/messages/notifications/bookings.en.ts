/** What people are told of their lessons, in English. */
export const bookings = {
  'notification.BOOKING_CONFIRMED.about': 'A lesson is confirmed',
  'notification.BOOKING_CONFIRMED.title': 'Your lesson is confirmed: {{subject}}',
  'notification.BOOKING_CONFIRMED.body':
    'You and {{otherName}} meet on {{startsAt}}. The video room opens from the lesson.',
  'notification.BOOKING_REMINDER_DAY.about': 'A lesson is tomorrow',
  'notification.BOOKING_REMINDER_DAY.title': 'Coming up: {{subject}} with {{otherName}}',
  'notification.BOOKING_REMINDER_DAY.body':
    'Your lesson is on {{startsAt}}. If you cannot come, move it now rather than later.',
  'notification.BOOKING_REMINDER_HOUR.about': 'A lesson begins in an hour',
  'notification.BOOKING_REMINDER_HOUR.title': '{{subject}} begins at {{startsAtTime}}',
  'notification.BOOKING_REMINDER_HOUR.body': '{{otherName}} expects you. Join from the lesson.',
};
