import { describe, expect, it } from 'vitest';
import { readCheckoutForm } from './card-form.rules.js';

const good = {
  email: ' ada@example.com ',
  cardNumber: '4242 4242-4242 4242',
  cardExpiry: '11 / 26',
  cardCvc: '123',
  billingName: ' Ada Lovelace ',
};

describe('the pay form', () => {
  it('is read whole', () => {
    expect(readCheckoutForm(good, true)).toEqual({
      card: { number: '4242424242424242', exp_month: 11, exp_year: 2026, cvc: '123' },
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
    expect(readCheckoutForm({ ...good, email: undefined, cardExpiry: '122031' }, false)).toMatchObject({
      card: { exp_month: 12, exp_year: 2031 },
      email: null,
    });
  });

  it('says of each field what is wrong with it', () => {
    expect(readCheckoutForm({}, true)).toEqual({
      email: 'Your email is invalid.',
      cardNumber: 'Your card number is incomplete.',
      cardExpiry: "Your card's expiration date is incomplete.",
      cardCvc: "Your card's security code is incomplete.",
      billingName: 'Enter the name on the card.',
    });
    expect(readCheckoutForm({ ...good, email: '<ada@example.com>' }, true)).toHaveProperty('email');
  });
});
