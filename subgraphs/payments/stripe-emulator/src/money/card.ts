import { createHash } from 'node:crypto';

/** Why a card refuses a payment. @see https://docs.stripe.com/declines/codes */
export type DeclineCode =
  | 'generic_decline'
  | 'insufficient_funds'
  | 'lost_card'
  | 'stolen_card'
  | 'expired_card'
  | 'incorrect_cvc'
  | 'processing_error'
  | 'fraudulent';

/** What a test card does when it is used. */
export interface CardBehaviour {
  /** Every payment is declined so; setting it up is too, unless `canBeSaved`. */
  decline?: DeclineCode;
  canBeSaved?: boolean;
  /** When 3-D Secure is asked for: at each payment, or until the card has been set up for use off session. */
  authentication?: 'always' | 'unless_set_up' | 'set_up';
  /** Payments succeed and are disputed with this reason. */
  dispute?: 'fraudulent' | 'product_not_received';
  /** Money of its payments can be used at once. */
  bypassesPending?: boolean;
  /** Refunds take a while, or fail after one. */
  refund?: 'is_pending' | 'fails';
}

/** A card as it is kept: never its number. */
export interface TestCard {
  brand: 'visa' | 'mastercard' | 'amex';
  last4: string;
  /** The same for the same number, as Stripe's. */
  fingerprint: string;
  behaviour: CardBehaviour;
}

/** What the emulator knows of a payment method's card, under the payment method's id. */
export interface CardFacts extends TestCard {
  id: string;
  /** Used without a customer, or taken from one: not to be used again. */
  isSpent: boolean;
}

/** A test card as the pages list it. */
export interface TestNumber {
  number: string;
  /** What follows `pm_card_` and `tok_`. */
  names: readonly string[];
  behaviour: CardBehaviour;
}

/** The test numbers that are known. @see https://docs.stripe.com/testing */
export const TEST_NUMBERS: readonly TestNumber[] = [
  { number: '4242424242424242', names: ['visa', 'us'], behaviour: {} },
  { number: '4000056655665556', names: ['visa_debit'], behaviour: {} },
  { number: '5555555555554444', names: ['mastercard'], behaviour: {} },
  { number: '378282246310005', names: ['amex'], behaviour: {} },
  { number: '4000000000000077', names: ['bypassPending'], behaviour: { bypassesPending: true } },
  {
    number: '4000000000000002',
    names: ['chargeDeclined', 'visa_chargeDeclined'],
    behaviour: { decline: 'generic_decline' },
  },
  {
    number: '4000000000009995',
    names: ['chargeDeclinedInsufficientFunds', 'visa_chargeDeclinedInsufficientFunds'],
    behaviour: { decline: 'insufficient_funds' },
  },
  {
    number: '4000000000009987',
    names: ['chargeDeclinedLostCard', 'visa_chargeDeclinedLostCard'],
    behaviour: { decline: 'lost_card' },
  },
  {
    number: '4000000000009979',
    names: ['chargeDeclinedStolenCard', 'visa_chargeDeclinedStolenCard'],
    behaviour: { decline: 'stolen_card' },
  },
  {
    number: '4000000000000069',
    names: ['chargeDeclinedExpiredCard', 'visa_chargeDeclinedExpiredCard'],
    behaviour: { decline: 'expired_card' },
  },
  {
    number: '4000000000000127',
    names: ['chargeDeclinedIncorrectCvc', 'visa_chargeDeclinedIncorrectCvc'],
    behaviour: { decline: 'incorrect_cvc' },
  },
  {
    number: '4000000000000119',
    names: ['chargeDeclinedProcessingError', 'visa_chargeDeclinedProcessingError'],
    behaviour: { decline: 'processing_error' },
  },
  { number: '4100000000000019', names: ['radarBlock'], behaviour: { decline: 'fraudulent' } },
  {
    number: '4000000000000341',
    names: ['chargeCustomerFail'],
    behaviour: { decline: 'generic_decline', canBeSaved: true },
  },
  {
    number: '4000002500003155',
    names: ['authenticationRequiredOnSetup'],
    behaviour: { authentication: 'unless_set_up' },
  },
  { number: '4000002760003184', names: ['authenticationRequired'], behaviour: { authentication: 'always' } },
  {
    number: '4000003800000446',
    names: ['authenticationRequiredSetupForOffSession'],
    behaviour: { authentication: 'set_up' },
  },
  {
    number: '4000008260003178',
    names: ['authenticationRequiredChargeDeclinedInsufficientFunds'],
    behaviour: { authentication: 'always', decline: 'insufficient_funds', canBeSaved: true },
  },
  { number: '4000000000000259', names: ['createDispute'], behaviour: { dispute: 'fraudulent' } },
  {
    number: '4000000000002685',
    names: ['createDisputeProductNotReceived'],
    behaviour: { dispute: 'product_not_received' },
  },
  { number: '4000000000007726', names: ['pendingRefund'], behaviour: { refund: 'is_pending' } },
  { number: '4000000000005126', names: ['refundFail'], behaviour: { refund: 'fails' } },
];

const BY_NUMBER = new Map(TEST_NUMBERS.map((card) => [card.number, card]));
const BY_NAME = new Map(TEST_NUMBERS.flatMap((card) => card.names.map((name) => [name, card] as const)));

/** The card with this number; spaces do not matter. Undefined when it is no test number. */
export function cardOfNumber(number: string): TestCard | undefined {
  const card = BY_NUMBER.get(number.replaceAll(/[\s-]/g, ''));
  return card && describe(card);
}

/** The card of a name such as `pm_card_visa` or `tok_visa`. */
export function cardOfName(name: string): TestCard | undefined {
  const card = BY_NAME.get(name.replace(/^(?:pm_card|tok)_/, ''));
  return card && /^(?:pm_card|tok)_/.test(name) ? describe(card) : undefined;
}

function describe({ number, behaviour }: TestNumber): TestCard {
  return {
    brand: number.startsWith('3') ? 'amex' : number.startsWith('5') ? 'mastercard' : 'visa',
    last4: number.slice(-4),
    fingerprint: createHash('sha256')
      .update(`stripe-emulator ${number}`)
      .digest('base64url')
      .replaceAll(/[-_]/g, '')
      .slice(0, 16),
    behaviour,
  };
}
