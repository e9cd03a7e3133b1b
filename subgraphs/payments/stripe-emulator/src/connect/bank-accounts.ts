import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { z } from 'zod';
import { emit } from '../events/emit.js';
import { boolean, currency, fields, oneOf, text } from '../http/input.js';
import { list, page } from '../http/list.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Call, type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { accountOf, refreshAccount } from './account-standing.js';
import {
  bankAccountScheme,
  isAccountNumber,
  isRoutingNumber,
  type PayoutFailure,
  payoutFailureOf,
} from './bank-accounts.rules.js';

/** What a bank account does not tell: how payouts to it fail. */
export interface BankAccountFacts {
  id: string;
  failure: PayoutFailure | null;
}

const TOKENS: Readonly<Record<string, string>> = {
  btok_us: '000123456789',
  btok_us_verified: '000123456789',
  btok_us_noAccount: '000111111116',
  btok_us_accountClosed: '000111111113',
  btok_us_insufficientFunds: '000222222227',
  btok_us_debitNotAuthorized: '000333333335',
  btok_us_invalidCurrency: '000444444440',
};

const given = fields({
  object: oneOf(['bank_account']),
  country: text,
  currency,
  account_number: text,
  routing_number: text.optional(),
  account_holder_name: text.optional(),
  account_holder_type: oneOf(['individual', 'company']).optional(),
});
type Given = z.infer<typeof given>;

/** A bank account to add: its details, or the token of a test account such as `btok_us_verified`. */
export const bankAccountInput = z.union([text, given]);

/** Bank accounts that a connected account is paid out to. */
export const bankAccounts: Resource = {
  routes: [
    route(
      'POST /v1/accounts/:id/external_accounts',
      { external_account: bankAccountInput, default_for_currency: boolean.optional() },
      ({ tx, path }, input) => {
        const account = accountOf(tx, path['id']);
        const added = addBankAccount(tx, account, input.external_account, input.default_for_currency === true);
        refreshAccount(tx, account);
        return added;
      },
    ),
    route(
      'GET /v1/accounts/:id/external_accounts',
      { ...page, object: oneOf(['bank_account']).optional() },
      (call, input) =>
        list({ tx: call.tx.in(accountOf(call.tx, call.path['id']).id), url: call.url }, 'bank_account', input),
    ),
    route('GET /v1/accounts/:id/external_accounts/:bankAccount', {}, (call) => find(call).bankAccount),
    route(
      'POST /v1/accounts/:id/external_accounts/:bankAccount',
      { default_for_currency: boolean.optional(), account_holder_name: text.optional() },
      (call, { default_for_currency, account_holder_name }) => {
        const { account, own, bankAccount } = find(call);
        if (default_for_currency) makeDefault(own, bankAccount);
        const changed = own.update('bank_account', bankAccount.id, {
          ...(account_holder_name !== undefined && { account_holder_name }),
        });
        emit(own, 'account.external_account.updated', changed, bankAccount);
        refreshAccount(call.tx, account);
        return changed;
      },
    ),
    route('DELETE /v1/accounts/:id/external_accounts/:bankAccount', {}, (call) => {
      const { account, own, bankAccount } = find(call);
      if (bankAccount.default_for_currency && bankAccount.currency === account.default_currency) {
        const message =
          'You cannot delete the default external account for your default currency. Please make another external account the default using the `default_for_currency` param, and then delete this one.';
        throw new StripeError(400, 'invalid_request_error', message);
      }
      removeBankAccount(own, bankAccount);
      refreshAccount(call.tx, account);
      return { id: bankAccount.id, object: 'bank_account', deleted: true };
    }),
  ],
};

function find({ tx, path }: Call) {
  const account = accountOf(tx, path['id']);
  const own = tx.in(account.id);
  const id = path['bankAccount'] ?? '';
  const bankAccount = own.find('bank_account', id);
  if (!bankAccount) throw noSuch('external account', id);
  return { account, own, bankAccount };
}

/**
 * Adds a bank account; the first of its currency is the default. The account is to be refreshed afterwards.
 *
 * @param isDefault does it take the place of the default?
 */
export function addBankAccount(
  tx: Transaction,
  account: Stripe.Account,
  input: string | Given,
  isDefault: boolean,
): Stripe.BankAccount {
  const { account_number: number, ...details } = typeof input === 'string' ? ofToken(input) : input;
  const { country, routing_number: routing = null } = details;
  check(country, number, routing);
  const own = tx.in(account.id);
  const added: Stripe.BankAccount = own.put('bank_account', {
    id: newId('ba'),
    object: 'bank_account',
    account: account.id,
    account_holder_name: details.account_holder_name ?? null,
    account_holder_type: details.account_holder_type ?? null,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: 'STRIPE TEST BANK',
    country,
    currency: details.currency,
    default_for_currency: false,
    fingerprint: createHash('sha256').update(`${country} ${routing} ${number}`).digest('hex').slice(0, 16),
    last4: number.slice(-4),
    metadata: {},
    routing_number: routing,
    status: 'new',
  });
  own.put('bank_account_facts', { id: added.id, failure: payoutFailureOf(number) ?? null });
  if (isDefault || !defaultBankAccount(own, added.currency)) makeDefault(own, added);
  const made = own.get('bank_account', added.id);
  emit(own, 'account.external_account.created', made);
  return made;
}

/** Where payouts in a currency go unless another account is named. */
export function defaultBankAccount(own: Transaction, its: string): Stripe.BankAccount | undefined {
  return own.all('bank_account', (one) => one.currency === its && one.default_for_currency === true)[0];
}

/** Takes a bank account away. */
export function removeBankAccount(own: Transaction, bankAccount: Stripe.BankAccount): void {
  own.remove('bank_account', bankAccount.id);
  own.remove('bank_account_facts', bankAccount.id);
  emit(own, 'account.external_account.deleted', bankAccount);
}

function makeDefault(own: Transaction, { id, currency: its }: Stripe.BankAccount): void {
  for (const one of own.all('bank_account', (other) => other.currency === its)) {
    const isDefault = one.id === id;
    if (one.default_for_currency !== isDefault) own.put('bank_account', { ...one, default_for_currency: isDefault });
  }
}

function ofToken(token: string): Given {
  const account_number = TOKENS[token];
  if (account_number === undefined) throw noSuch('token', token, 'external_account');
  return { object: 'bank_account', country: 'US', currency: 'usd', account_number, routing_number: '110000000' };
}

function check(country: string, number: string, routing: string | null): void {
  const refuse = (message: string, code: string, name: string) =>
    new StripeError(400, 'invalid_request_error', message, { code, param: `external_account[${name}]` });
  const scheme = bankAccountScheme(country);
  if (country === 'US' && !isRoutingNumber(routing ?? '')) {
    throw refuse(
      'Invalid US routing number. The number must contain 9 digits.',
      'routing_number_invalid',
      'routing_number',
    );
  }
  if (!isAccountNumber(number, scheme)) {
    const message =
      scheme === 'IBAN'
        ? 'Invalid IBAN.'
        : 'Invalid account number: must contain only digits, and be at least 4 and at most 17 digits long.';
    throw refuse(message, 'account_number_invalid', 'account_number');
  }
}
