/** Messages of this room in English. */
export const messages = {
  INVALID_INPUT: 'This is not filled in as it must be.',
  NOT_FOUND: 'There is nothing like this that you may see.',
  IDEMPOTENCY_KEY_REUSED: 'This request was used for something else already. Send it anew.',
  NOT_PAYABLE: 'This lesson does not wait for a payment.',
  BOOKING_EXPIRED: 'The time to pay for this lesson is over. Book it anew.',
  ALREADY_PAID: 'This is paid already.',
  PROCESSING: 'Your bank is at work on a payment for this. Wait for what comes of it.',
  NOT_OFFERED: 'The tutor does not offer such a package now.',
  CURRENCY_NOT_SUPPORTED: 'Payments in this currency are not possible.',
  PAYMENT_REFUSED: 'This payment cannot be made. The amount may be too small or too large.',
  INVALID_RETURN_URL: 'This address does not belong to this service.',
  LESSON_LINE_one: 'Lesson of {{count}} minute with {{tutor}}',
  LESSON_LINE_other: 'Lesson of {{count}} minutes with {{tutor}}',
  PACKAGE_LINE_one: '{{count}} lesson of {{minutes}} min with {{tutor}}',
  PACKAGE_LINE_other: '{{count}} lessons of {{minutes}} min with {{tutor}}',
};
