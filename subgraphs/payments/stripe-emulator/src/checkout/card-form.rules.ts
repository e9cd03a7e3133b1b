import type { CheckoutForm } from '../pages/checkout-page.js';

/** A card as it is entered; lives no longer than the request. */
export interface EnteredCard {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc: string;
}

/** What a pay form says, when it says everything. */
export interface Payer {
  card: EnteredCard;
  name: string;
  /** Nothing when it was not asked for. */
  email: string | null;
}

/** What is wrong with a form's fields. */
export type FormErrors = Partial<Record<keyof CheckoutForm, string>>;

/**
 * Reads the pay form; whether such a card exists is for the payment method to say.
 *
 * @param asksEmail is the buyer's address not known otherwise?
 */
export function readCheckoutForm(form: CheckoutForm, asksEmail: boolean): Payer | FormErrors {
  const number = (form.cardNumber ?? '').replace(/[\s-]/g, '');
  const cvc = (form.cardCvc ?? '').trim();
  const name = (form.billingName ?? '').trim();
  const email = (form.email ?? '').trim();
  const expiry = readExpiry(form.cardExpiry ?? '');
  const errors: FormErrors = {
    ...(asksEmail && !isEmail(email) && { email: 'Your email is invalid.' }),
    ...(!/^\d{12,19}$/.test(number) && { cardNumber: 'Your card number is incomplete.' }),
    ...(!expiry && { cardExpiry: "Your card's expiration date is incomplete." }),
    ...(!/^\d{3,4}$/.test(cvc) && { cardCvc: "Your card's security code is incomplete." }),
    ...(name === '' && { billingName: 'Enter the name on the card.' }),
  };
  if (!expiry || Object.keys(errors).length > 0) return errors;
  return { card: { number, cvc, ...expiry }, name, email: asksEmail ? email : null };
}

/** Is the form complete, or are these its errors? */
export function isPayer(read: Payer | FormErrors): read is Payer {
  return 'card' in read;
}

/** The field that a card's refusal is about, by the parameter that Stripe names. */
export function fieldOf(param: string | undefined): keyof CheckoutForm | undefined {
  if (param === 'number' || param === 'card[number]') return 'cardNumber';
  if (param === 'cvc') return 'cardCvc';
  return param === 'exp_month' || param === 'exp_year' ? 'cardExpiry' : undefined;
}

function readExpiry(text: string): { exp_month: number; exp_year: number } | undefined {
  const [, month, year] = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(text) ?? [];
  if (month === undefined || year === undefined) return undefined;
  return { exp_month: Number(month), exp_year: year.length === 2 ? 2_000 + Number(year) : Number(year) };
}

function isEmail(text: string): boolean {
  return /^[^\s@<>]{1,64}@[^\s@<>]+\.[^\s@<>.]+$/.test(text);
}
