/** What is said around vocabulary, in Russian. */
export const vocabulary = {
  CARD_EXISTS: 'У вас уже есть карточка с таким вопросом. Измените её или задайте другой вопрос.',
  CARD_SUSPENDED: 'Эта карточка отложена. Сначала верните её в повторение.',
  TOO_MANY_CARDS: 'У вас уже 10 000 карточек. Удалите те, которые хорошо знаете.',
};
