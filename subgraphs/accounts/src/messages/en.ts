/** Messages of this room in English. */
export const messages = {
  INVALID_INPUT: 'This is not filled in as it must be.',
  INVALID_CREDENTIALS: 'The email address or the password is not right.',
  SESSION_ENDED: 'This session is over. Sign in again.',
  ACCOUNT_SUSPENDED: 'This account is suspended. Write to us if you think that this is a mistake.',
  SESSION_NOT_FOUND: 'You have no such session.',
  TELEGRAM_UNAVAILABLE: 'Signing in with Telegram is not possible here. Choose another way.',
  TELEGRAM_INVALID: 'Telegram did not confirm who you are. Open the app in Telegram again.',
  TELEGRAM_EXPIRED: 'This was opened in Telegram too long ago. Open the app in Telegram again.',
  TELEGRAM_REPLAYED: 'This was used before. Open the app in Telegram again.',
  TELEGRAM_LINKED_ELSEWHERE: 'This Telegram account belongs to another account here.',
  TELEGRAM_ALREADY_LINKED: 'Your account is linked to another Telegram account. Unlink that first.',
  LAST_SIGN_IN_METHOD: 'You could not sign in any longer. Set up an email address and a password first.',
  USER_NOT_FOUND: 'There is no such account.',
  EMAIL_TAKEN: 'Another account has this address.',
  USERNAME_TAKEN: 'Another account has this username; choose another.',
} as const;
