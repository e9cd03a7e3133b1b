import type Stripe from 'stripe';
import type { z } from 'zod';
import { emit } from '../events/emit.js';
import { address, fields, fullAddress, integer, mergeMetadata, metadata, oneOf, text } from '../http/input.js';
import { type CardFacts, cardOfName, cardOfNumber, type TestCard } from '../money/card.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { getCustomer } from './customer.js';
import { declineError, declineOf } from './declines.js';

/** Whose card it is. */
export const billingDetails = fields({
  address: address.optional(),
  email: text.optional(),
  name: text.optional(),
  phone: text.optional(),
});

/** A payment method as a client describes it: a number, or a token. */
export const methodData = fields({
  type: oneOf(['card']),
  card: fields({
    number: text.optional(),
    exp_month: integer.optional(),
    exp_year: integer.optional(),
    cvc: text.optional(),
    token: text.optional(),
  }),
  billing_details: billingDetails.optional(),
  metadata,
});

/** What is given for a new payment method. */
export type MethodData = z.infer<typeof methodData>;

/** Makes a payment method of a number or a token. @throws StripeError when the card is none */
export function createMethod(tx: Transaction, { card, billing_details, metadata }: MethodData): Stripe.PaymentMethod {
  if (card.token !== undefined) {
    const found = cardOfName(card.token);
    if (!found || !card.token.startsWith('tok_')) throw noSuch('token', card.token, 'card[token]');
    return keep(tx, found, { billing_details, metadata });
  }
  if (card.number === undefined) throw missing('card[number]');
  if (card.exp_month === undefined) throw missing('card[exp_month]');
  if (card.exp_year === undefined) throw missing('card[exp_year]');
  const { exp_month, exp_year, cvc } = card;
  return keep(tx, testCard(card.number), { ...validCard(tx, { exp_month, exp_year, cvc }), billing_details, metadata });
}

/**
 * The payment method that an id names; `pm_card_…` makes a new one each time.
 *
 * @throws StripeError when there is none
 */
export function resolveMethod(tx: Transaction, id: string, param = 'payment_method'): Stripe.PaymentMethod {
  const found = tx.find('payment_method', id);
  if (found) return found;
  const card = id.startsWith('pm_card_') ? cardOfName(id) : undefined;
  if (!card) throw noSuch('PaymentMethod', id, param);
  return keep(tx, card, {});
}

/** What the card of a payment method does. */
export function factsOf(tx: Transaction, method: string): CardFacts {
  return tx.get('card_facts', method);
}

/** Notes that the holder has agreed to later payments without being there. */
export function setUpForLater(tx: Transaction, method: string): void {
  const facts = factsOf(tx, method);
  if (facts.behaviour.authentication !== 'unless_set_up') return;
  tx.put('card_facts', { ...facts, behaviour: { ...facts.behaviour, authentication: 'set_up' } });
}

/** Saves a payment method to a customer. @throws StripeError when another one has it, or the card refuses */
export function attachMethod(tx: Transaction, id: string, customer: string): Stripe.PaymentMethod {
  const method = resolveMethod(tx, id);
  getCustomer(tx, customer, 'customer');
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw new StripeError(
      400,
      'invalid_request_error',
      'The payment method you provided has already been attached to a customer.',
    );
  }
  const { behaviour, isSpent } = factsOf(tx, method.id);
  if (isSpent) throw spent();
  if (behaviour.decline && !behaviour.canBeSaved) throw declineError(declineOf(behaviour.decline), {});
  const attached = tx.put('payment_method', { ...method, customer });
  emit(tx, 'payment_method.attached', attached);
  return attached;
}

/** Takes a payment method from its customer, for good. */
export function detachMethod(tx: Transaction, id: string): Stripe.PaymentMethod {
  const before = tx.get('payment_method', id);
  if (typeof before.customer !== 'string') {
    throw new StripeError(
      400,
      'invalid_request_error',
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  const customer = tx.find('customer', before.customer);
  if (customer && !customer.deleted && customer.invoice_settings.default_payment_method === id) {
    const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
    emit(tx, 'customer.updated', tx.put('customer', { ...customer, invoice_settings }), customer);
  }
  spend(tx, id);
  const after = tx.put('payment_method', { ...before, customer: null });
  emit(tx, 'payment_method.detached', after, before);
  return after;
}

/** Notes that a payment method without a customer has been used: it cannot be again. */
export function spend(tx: Transaction, method: string): void {
  tx.put('card_facts', { ...factsOf(tx, method), isSpent: true });
}

/** @throws StripeError when the payment method is not this customer's to pay with */
export function assertUsable(tx: Transaction, method: Stripe.PaymentMethod, customer: string | null): void {
  if (method.customer === null) {
    if (factsOf(tx, method.id).isSpent) throw spent();
    return;
  }
  if (customer === null) {
    throw new StripeError(
      400,
      'invalid_request_error',
      `The payment method supplied (${method.id}) belongs to a Customer. Please include the Customer in the \`customer\` parameter.`,
      { param: 'payment_method' },
    );
  }
  if (method.customer !== customer) {
    throw new StripeError(
      400,
      'invalid_request_error',
      `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'payment_method' },
    );
  }
}

interface Particulars {
  exp_month?: number;
  exp_year?: number;
  billing_details?: z.infer<typeof billingDetails> | undefined;
  metadata?: Readonly<Record<string, string>> | null | undefined;
}

function keep(tx: Transaction, card: TestCard, given: Particulars): Stripe.PaymentMethod {
  const { brand, last4, fingerprint } = card;
  const id = newId('pm');
  tx.put('card_facts', { id, ...card, isSpent: false });
  return tx.put('payment_method', {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: fullBillingDetails(given.billing_details),
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: brand === 'amex' ? 'american_express' : brand,
      exp_month: given.exp_month ?? 12,
      exp_year: given.exp_year ?? new Date(tx.now * 1_000).getUTCFullYear() + 1,
      fingerprint,
      funding: 'credit',
      generated_from: null,
      last4,
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: tx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    type: 'card',
  });
}

/** Billing details, of which a client sends what it has. */
export function fullBillingDetails(given: z.infer<typeof billingDetails> | undefined) {
  const { email = null, name = null, phone = null } = given ?? {};
  return { address: fullAddress(given?.address), email, name, phone, tax_id: null };
}

function testCard(number: string): TestCard {
  const found = cardOfNumber(number);
  if (found) return found;
  if (!passesLuhn(number)) throw cardError('incorrect_number', 'Your card number is incorrect.', 'number');
  throw declineError(
    {
      code: 'card_declined',
      declineCode: 'test_mode_live_card',
      message:
        'Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
    },
    {},
  );
}

function validCard(tx: Transaction, card: { exp_month: number; exp_year: number; cvc: string | undefined }) {
  const { exp_month, cvc } = card;
  const exp_year = card.exp_year < 100 ? 2_000 + card.exp_year : card.exp_year;
  const today = new Date(tx.now * 1_000);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth() + 1];
  if (exp_month < 1 || exp_month > 12 || (exp_year === year && exp_month < month)) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
  if (exp_year < year || exp_year > year + 50) {
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  }
  return { exp_month, exp_year };
}

function passesLuhn(number: string): boolean {
  const digits = number.replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function cardError(code: string, message: string, param: string): StripeError {
  return new StripeError(402, 'card_error', message, { code, param });
}

function missing(param: string): StripeError {
  return new StripeError(400, 'invalid_request_error', `Missing required param: ${param}.`, {
    code: 'parameter_missing',
    param,
  });
}

function spent(): StripeError {
  return new StripeError(
    400,
    'invalid_request_error',
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    { param: 'payment_method' },
  );
}
