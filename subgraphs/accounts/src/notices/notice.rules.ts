/** What an account's owner is told by mail; each has its texts in messages. */
export const notices = [
  'REGISTRATION_REPEATED',
  'ACCOUNT_CREATED',
  'EMAIL_CHANGED',
  'PASSWORD_CHANGED',
  'DATA_EXPORT_READY',
  'DATA_EXPORT_FAILED',
  'DELETION_REQUESTED',
  'DELETION_CANCELLED',
] as const;
/** @see notices */
export type Notice = (typeof notices)[number];
