/** Messages of this room in English. */
export const en = {
  INVALID_INPUT: 'This is not filled in as it must be.',
  INVALID_CREDENTIALS: 'The email address or the password is not right.',
  SESSION_ENDED: 'This session is over. Sign in again.',
} as const;
