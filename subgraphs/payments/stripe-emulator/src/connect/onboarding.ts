import type Stripe from 'stripe';
import { schedule, unscheduleAll } from '../clock/schedule.js';
import type { Transaction } from '../store/transaction.js';
import { factsOf, refreshAccount } from './account-standing.js';
import { addBankAccount, removeBankAccount } from './bank-accounts.js';
import { bankAccountScheme } from './bank-accounts.rules.js';
import type { OnboardingAnswer } from './onboarding.rules.js';

/** Who says to be born then is looked at for an hour before the capabilities become active. */
const BIRTH_IN_REVIEW = '1902-01-01';
const REVIEW = 3_600;

/**
 * Keeps what the owner of a connected account has told.
 *
 * @param tx the platform's
 * @param isWhole false: the form was left for later
 */
export function onboard(
  tx: Transaction,
  account: Stripe.Account,
  { person, bankAccount }: OnboardingAnswer,
  isWhole: boolean,
): Stripe.Account {
  const own = tx.in(account.id);
  if (bankAccount) {
    const { country = 'US', default_currency: currency = 'usd' } = account;
    for (const old of own.all('bank_account', (one) => one.currency === currency)) removeBankAccount(own, old);
    const { accountNumber, routingNumber } = bankAccount;
    const given = { object: 'bank_account' as const, country, currency, account_number: accountNumber };
    addBankAccount(tx, account, { ...given, ...(routingNumber !== null && { routing_number: routingNumber }) }, true);
  }
  const facts = factsOf(tx, account.id);
  const isInReview = isWhole && person.dateOfBirth === BIRTH_IN_REVIEW;
  tx.put('account_facts', { ...facts, ...person, isSubmitted: facts.isSubmitted || isWhole, isInReview });
  unscheduleAll(tx, 'account.review', account.id);
  if (isInReview) schedule(tx, { at: tx.now + REVIEW, task: 'account.review', subject: account.id });
  const accepted = { tos_acceptance: { ...account.tos_acceptance, date: tx.now } };
  return refreshAccount(tx, { ...account, ...(person.hasAcceptedTerms && accepted) }, account);
}

/** Does what the onboarding page does, for a test to which it does not matter who it is. @param tx the platform's */
export function onboardTestPerson(tx: Transaction, account: Stripe.Account): Stripe.Account {
  const isIban = bankAccountScheme(account.country ?? 'US') === 'IBAN';
  const bankAccount = isIban
    ? { accountNumber: 'DE89370400440532013000', routingNumber: null }
    : { accountNumber: '000123456789', routingNumber: '110000000' };
  const person = { firstName: 'Jenny', lastName: 'Rosen', dateOfBirth: '1990-01-01', hasAcceptedTerms: true };
  return onboard(tx, account, { person, bankAccount, errors: {} }, true);
}
