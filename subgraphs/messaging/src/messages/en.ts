/** Messages of this room in English. */
export const messages = {
  INVALID_INPUT: 'This is not filled in as it must be.',
  NOT_FOUND: 'There is nothing like this that you may see.',
  IDEMPOTENCY_KEY_REUSED: 'This request was used for something else already. Send it anew.',
};
