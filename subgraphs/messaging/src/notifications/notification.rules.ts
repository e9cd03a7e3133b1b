/** How much a notification matters; it decides on quiet hours and digests. */
export const urgencies = ['LOW', 'NORMAL', 'HIGH', 'CRITICAL'] as const;
/** CRITICAL ignores preferences, quiet hours and digests; HIGH ignores digests. */
export type Urgency = (typeof urgencies)[number];

/** Every way to reach a person. */
export const notificationChannels = ['IN_APP', 'EMAIL', 'SMS', 'PUSH', 'TELEGRAM'] as const;
/** @see notificationChannels */
export type NotificationChannel = (typeof notificationChannels)[number];

/** What a notification may lead to. */
export const targetKinds = [
  'BOOKING',
  'ORDER',
  'APPLICATION',
  'TUTOR',
  'PAYMENT',
  'PACKAGE',
  'WITHDRAWAL',
  'INTERVIEW',
  'VERIFICATION',
  'REVIEW',
  'SAVED_SEARCH',
  'CHAT_ROOM',
  'REPORT',
  'ACCOUNT',
  'COURSE',
  'HOMEWORK_ASSIGNMENT',
  'HOMEWORK_SUBMISSION',
  'STUDENT',
  'CERTIFICATE',
  'HAND_OVER',
] as const;
/** @see targetKinds */
export type TargetKind = (typeof targetKinds)[number];
