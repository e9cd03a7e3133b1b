/** What a payout to a bank account does, by Stripe's test numbers. @see https://docs.stripe.com/connect/testing#account-numbers */
export type PayoutFailure =
  | 'no_account'
  | 'account_closed'
  | 'insufficient_funds'
  | 'debit_not_authorized'
  | 'invalid_currency';

const FAILING_ACCOUNTS: Readonly<Record<string, PayoutFailure>> = {
  '000111111116': 'no_account',
  '000111111113': 'account_closed',
  '000222222227': 'insufficient_funds',
  '000333333335': 'debit_not_authorized',
  '000444444440': 'invalid_currency',
  DE62370400440532013001: 'no_account',
  DE08370400440532013003: 'account_closed',
};

const FAILURE_MESSAGES: Readonly<Record<PayoutFailure, string>> = {
  no_account:
    'Your bank account details on file are probably incorrect. No bank account could be located with those details.',
  account_closed: 'The bank account has been closed.',
  insufficient_funds: 'Your Stripe account has insufficient funds to cover the payout.',
  debit_not_authorized: 'Debit transactions are not approved on your bank account.',
  invalid_currency:
    'The bank was unable to process this payout because of its currency. This is probably because the bank account cannot accept payments in that currency.',
};

/** How payouts to an account of this number fail, or nothing when they arrive. */
export function payoutFailureOf(accountNumber: string): PayoutFailure | undefined {
  return FAILING_ACCOUNTS[accountNumber];
}

/** A failure as Stripe words it. */
export function payoutFailureMessage(failure: PayoutFailure): string {
  return FAILURE_MESSAGES[failure];
}

/** Are bank accounts there named by an IBAN, or by a routing number and an account number? */
export function bankAccountScheme(country: string): 'ROUTING' | 'IBAN' {
  return IBAN_COUNTRIES.has(country) ? 'IBAN' : 'ROUTING';
}

const IBAN_COUNTRIES = new Set(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

/** What is wrong with an American routing number (its nine digits carry a check), or nothing. */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  return weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0) % 10 === 0;
}

/** Is it an account number of the country's scheme? */
export function isAccountNumber(text: string, scheme: 'ROUTING' | 'IBAN'): boolean {
  return scheme === 'ROUTING' ? /^\d{4,17}$/.test(text) : isIban(text);
}

/** ISO 13616: letters are numbers from 10 on, the first four characters go last, and the rest by 97 is 1. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text)) return false;
  const digits = [...`${text.slice(4)}${text.slice(0, 4)}`].map((character) => Number.parseInt(character, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}
