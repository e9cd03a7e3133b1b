/** What people are told of their lessons, in English. */
export const bookings = {
  'notification.unscheduled': 'no time agreed yet',
  'notification.BOOKING_CONFIRMED.about': 'A lesson is confirmed',
  'notification.BOOKING_CONFIRMED.title': 'Lesson confirmed: {{subject}}',
  'notification.BOOKING_CONFIRMED.body':
    'You meet {{otherName}} on {{startsAt}}. The video room opens from the lesson.',
  'notification.BOOKING_CONFIRMED.title_SERIES': 'Lessons confirmed: {{subject}}',
  'notification.BOOKING_CONFIRMED.body_SERIES':
    'You meet {{otherName}} on {{startsAt}}. All confirmed lessons of the series are among your lessons.',
  'notification.BOOKING_RESCHEDULED.about': 'A lesson has another time',
  'notification.BOOKING_RESCHEDULED.title': 'New time: {{subject}} with {{otherName}}',
  'notification.BOOKING_RESCHEDULED.body': 'The lesson is now on {{startsAt}}.',
  'notification.BOOKING_CANCELLED.about': 'A lesson is cancelled',
  'notification.BOOKING_CANCELLED.title': 'Lesson cancelled: {{subject}}, {{startsAt}}',
  'notification.BOOKING_CANCELLED.title_SERIES': 'Several lessons cancelled: {{subject}}',
  'notification.BOOKING_CANCELLED.body_SERIES':
    'Lessons with {{otherName}}, among them {{startsAt}}, do not take place. See your lessons for what was cancelled and what goes back.',
  'notification.BOOKING_CANCELLED.body_BY_STUDENT':
    '{{otherName}} cannot come. The time is free in your schedule again.',
  'notification.BOOKING_CANCELLED.body_BY_TUTOR':
    '{{otherName}} cannot teach this lesson. Choose another time, or another tutor.',
  'notification.BOOKING_CANCELLED.body_BY_TUTOR_REFUND':
    '{{otherName}} cannot teach this lesson. You get {{refundPercent}}% of what you paid back. Choose another time, or another tutor.',
  'notification.BOOKING_CANCELLED.body_BY_PLATFORM':
    'The lesson with {{otherName}} does not take place. We are sorry; if you have questions, write to support.',
  'notification.BOOKING_CANCELLED.body_BY_PLATFORM_REFUND':
    'The lesson with {{otherName}} does not take place. We are sorry: you get {{refundPercent}}% of what you paid back.',
  'notification.BOOKING_REMINDER_DAY.about': 'A lesson is within a day',
  'notification.BOOKING_REMINDER_DAY.title': 'Coming up: {{subject}} with {{otherName}}',
  'notification.BOOKING_REMINDER_DAY.body':
    'The lesson is on {{startsAt}}. If you cannot come, it is better to move it now.',
  'notification.BOOKING_REMINDER_HOUR.about': 'A lesson begins within an hour',
  'notification.BOOKING_REMINDER_HOUR.title': '{{subject}} begins at {{startsAtTime}}',
  'notification.BOOKING_REMINDER_HOUR.body': '{{otherName}} is waiting for you. Join from the lesson.',
  'notification.BOOKING_MEETING_CHANGED.about': 'The video room of a lesson has changed',
  'notification.BOOKING_MEETING_CHANGED.title': 'New video room: {{subject}}, {{startsAtTime}}',
  'notification.BOOKING_MEETING_CHANGED.body':
    'Join the lesson with {{otherName}} from its page; an older link may not work any more.',
  'notification.BOOKING_PAYMENT_AWAITED.about': 'A lesson waits for payment',
  'notification.BOOKING_PAYMENT_AWAITED.title': 'Pay {{amount}} to keep your lesson',
  'notification.BOOKING_PAYMENT_AWAITED.body':
    '{{subject}} with {{otherName}}, {{startsAt}}. The time is yours until {{expiresAt}}; pay before then.',
  'notification.BOOKING_EXPIRED.about': 'A lesson was not paid in time',
  'notification.BOOKING_EXPIRED.title': 'Your lesson was not paid in time',
  'notification.BOOKING_EXPIRED.body':
    '{{subject}} with {{otherName}}, {{startsAt}}: the time is free again. If it still suits you, book it anew.',
  'notification.BOOKING_COMPLETED.about': 'A lesson has taken place',
  'notification.BOOKING_COMPLETED.title': 'How was your lesson with {{otherName}}?',
  'notification.BOOKING_COMPLETED.body':
    'A few words about {{subject}} help others to choose, and your tutor to improve.',
  'notification.BOOKING_NO_SHOW.about': 'Somebody missed a lesson',
  'notification.BOOKING_NO_SHOW.title_ABSENT': 'You were reported absent: {{subject}}',
  'notification.BOOKING_NO_SHOW.body_ABSENT':
    '{{otherName}} says that you missed the lesson on {{startsAt}}. If that is not so, object by {{disputeEndsAt}}.',
  'notification.BOOKING_NO_SHOW.title_PRESENT': '{{otherName}} was reported absent',
  'notification.BOOKING_NO_SHOW.body_PRESENT':
    '{{subject}}, {{startsAt}}. {{otherName}} may object until {{disputeEndsAt}}; then it is settled.',
  'notification.BOOKING_NO_SHOW.title_DECIDED': 'We have decided about your lesson: {{subject}}',
  'notification.BOOKING_NO_SHOW.body_DECIDED':
    'The lesson with {{otherName}} on {{startsAt}} counts as missed. {{refundPercent}}% of what was paid goes back to the student.',
  'notification.BOOKING_DISPUTED.about': 'An absence is disputed',
  'notification.BOOKING_DISPUTED.title': 'We are looking into your lesson: {{subject}}',
  'notification.BOOKING_DISPUTED.body':
    'You and {{otherName}} say different things about {{startsAt}}. Our team decides and tells you both.',
  'notification.BOOKING_REFUND_DUE.about': 'A payment came too late',
  'notification.BOOKING_REFUND_DUE.title': 'Your payment came too late and is going back',
  'notification.BOOKING_REFUND_DUE.body':
    '{{subject}} with {{otherName}} cannot take place at this time any more. You get everything back; choose another time.',
};
