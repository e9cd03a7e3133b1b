/** What is said around vocabulary, in English. */
export const vocabulary = {
  CARD_EXISTS: 'You have a card with this front already. Change that one, or ask something else.',
  CARD_SUSPENDED: 'This card rests. Let it come up again first.',
  TOO_MANY_CARDS: 'You have 10,000 cards already. Delete some that you know.',
};
