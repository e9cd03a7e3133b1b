import type Stripe from 'stripe';
import { z } from 'zod';
import {
  boolean,
  clearable,
  currency,
  fields,
  integer,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  webAddress,
} from '../http/input.js';
import { list, listOf, pageInTime } from '../http/list.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Call, type Resource, route } from '../resources/resource.js';
import { PLATFORM, randomText } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { type AccountFacts, buildAccount, noFacts, withStanding } from './account.builder.js';
import {
  accountOf,
  CAPABILITIES,
  type CapabilityName,
  capabilityNames,
  capabilityOf,
  changeFacts,
  factsOf,
  refreshAccount,
} from './account-standing.js';
import { addBankAccount, bankAccountInput } from './bank-accounts.js';
import { currencyOfCountry } from './countries.js';
import { platformAccount } from './platform-account.js';

const requested = fields({ requested: boolean.default(true) }).optional();
const capabilityChanges = fields({
  card_payments: requested,
  transfers: requested,
  tax_reporting_us_1099_k: requested,
});

const changeable = {
  business_profile: fields({
    mcc: text.optional(),
    name: text.optional(),
    product_description: text.optional(),
    support_email: text.optional(),
    support_phone: text.optional(),
    support_url: clearable(webAddress),
    url: webAddress.optional(),
  }).optional(),
  business_type: oneOf(['individual', 'company', 'non_profit', 'government_entity']).optional(),
  capabilities: capabilityChanges.optional(),
  default_currency: currency.optional(),
  email: text.optional(),
  external_account: bankAccountInput.optional(),
  individual: fields({
    dob: fields({ day: integer, month: integer, year: integer }).optional(),
    email: text.optional(),
    first_name: text.optional(),
    last_name: text.optional(),
    phone: text.optional(),
  }).optional(),
  metadata,
  settings: fields({
    payments: fields({ statement_descriptor: text.optional() }).optional(),
    payouts: fields({
      debit_negative_balances: boolean.optional(),
      schedule: fields({
        delay_days: z.union([z.literal('minimum').transform(() => 2), integer]).optional(),
        interval: oneOf(['manual', 'daily', 'weekly', 'monthly']).optional(),
      }).optional(),
      statement_descriptor: text.optional(),
    }).optional(),
  }).optional(),
  tos_acceptance: fields({ service_agreement: oneOf(['full', 'recipient']).optional() }).optional(),
};
const creatable = {
  ...changeable,
  country: text.optional(),
  controller: fields({
    fees: fields({ payer: oneOf(['application']) }).optional(),
    losses: fields({ payments: oneOf(['application']) }).optional(),
    requirement_collection: oneOf(['stripe']).optional(),
    stripe_dashboard: fields({ type: oneOf(['express']) }).optional(),
  }).optional(),
  type: oneOf(['express']).optional(),
};
type Creation = z.infer<z.ZodObject<typeof creatable>>;
type Change = z.infer<z.ZodObject<typeof changeable>>;

/** Accounts of those who are paid: Stripe Connect Express. They belong to the platform. */
export const accounts: Resource = {
  routes: [
    route('POST /v1/accounts', creatable, ({ tx }, input) => createAccount(tx.in(PLATFORM), input)),
    route('GET /v1/accounts', pageInTime, (call, input) => list(call, 'account', input)),
    route('GET /v1/account', {}, ({ tx }) =>
      tx.account === PLATFORM ? platformAccount(tx) : accountOf(tx, tx.account),
    ),
    route('GET /v1/accounts/:id', {}, ({ tx, path }) =>
      path['id'] === PLATFORM ? platformAccount(tx) : accountOf(tx, path['id']),
    ),
    route('POST /v1/accounts/:id', changeable, ({ tx, path }, input) =>
      changeAccount(tx.in(PLATFORM), accountOf(tx, path['id']), input),
    ),
    route('DELETE /v1/accounts/:id', {}, ({ tx, path }) => deleteAccount(tx.in(PLATFORM), accountOf(tx, path['id']))),
    route('POST /v1/accounts/:id/reject', { reason: oneOf(['fraud', 'terms_of_service', 'other']) }, (call, input) => {
      const { id } = accountOf(call.tx, call.path['id']);
      return changeFacts(call.tx, id, { rejection: input.reason });
    }),
    route('GET /v1/accounts/:id/capabilities', {}, ({ tx, path, url }) => {
      const account = accountOf(tx, path['id']);
      return listOf(
        capabilityNames(account).map((name) => capabilityOf(account, name)),
        url,
      );
    }),
    route('GET /v1/accounts/:id/capabilities/:capability', {}, (call) =>
      capabilityOf(accountOf(call.tx, call.path['id']), capabilityName(call)),
    ),
    route('POST /v1/accounts/:id/capabilities/:capability', { requested: boolean }, (call, input) => {
      const name = capabilityName(call);
      const account = accountOf(call.tx, call.path['id']);
      const change = { capabilities: { [name]: { requested: input.requested } } };
      return capabilityOf(changeAccount(call.tx.in(PLATFORM), account, change), name);
    }),
  ],
  tasks: { 'account.review': (tx, id) => void (tx.find('account', id) && changeFacts(tx, id, { isInReview: false })) },
};

function createAccount(tx: Transaction, input: Creation): Stripe.Account {
  const { country = 'US', business_profile: profile } = input;
  const inCountry = currencyOfCountry(country);
  if (inCountry === undefined) {
    const message = `Country '${country}' is unknown. Try using a 2-character alphanumeric country code instead, such as 'US', 'EG', or 'GB'.`;
    throw new StripeError(400, 'invalid_request_error', message, { code: 'country_unsupported', param: 'country' });
  }
  const account = buildAccount({
    id: `acct_1${randomText(15)}`,
    created: tx.now,
    country,
    currency: input.default_currency ?? inCountry,
    email: input.email ?? null,
    businessType: input.business_type ?? null,
    businessProfile: {
      name: profile?.name ?? null,
      url: profile?.url ?? null,
      productDescription: profile?.product_description ?? null,
      mcc: profile?.mcc ?? null,
    },
    capabilities: CAPABILITIES.filter((name) => input.capabilities?.[name]?.requested),
    metadata: mergeMetadata({}, input.metadata),
  });
  const { metadata: _, capabilities: __, ...rest } = input;
  // The account has to be there before its bank account.
  tx.put('account', withStanding(account, noFacts(account.id), []));
  return applyChange(tx, account, rest);
}

function changeAccount(tx: Transaction, account: Stripe.Account, input: Change): Stripe.Account {
  return refreshAccount(tx, applyChange(tx, account, input), account);
}

function applyChange(tx: Transaction, account: Stripe.Account, input: Change): Stripe.Account {
  if (input.external_account) addBankAccount(tx, account, input.external_account, true);
  const facts = { ...factsOf(tx, account.id), ...toldFacts(input) };
  tx.put('account_facts', facts);
  const { payments, payouts } = input.settings ?? {};
  const settings = account.settings;
  const after: Stripe.Account = {
    ...account,
    ...(account.business_profile && {
      business_profile: { ...account.business_profile, ...defined(input.business_profile ?? {}) },
    }),
    ...defined({ business_type: input.business_type, default_currency: input.default_currency, email: input.email }),
    capabilities: changedCapabilities(account, input.capabilities),
    metadata: mergeMetadata(account.metadata ?? {}, input.metadata),
    ...(settings?.payouts && {
      settings: {
        ...settings,
        payments: { ...settings.payments, ...defined(payments ?? {}) },
        payouts: {
          ...settings.payouts,
          ...defined({ ...payouts, schedule: undefined }),
          schedule: { ...settings.payouts.schedule, ...defined(payouts?.schedule ?? {}) },
        },
      },
    }),
  };
  return tx.put('account', withStanding(after, facts, tx.in(account.id).all('bank_account').reverse()));
}

function toldFacts({ individual }: Change): Partial<AccountFacts> {
  const { dob, first_name, last_name } = individual ?? {};
  const dateOfBirth = dob && [dob.year, dob.month, dob.day].map((part) => String(part).padStart(2, '0')).join('-');
  return defined({ firstName: first_name, lastName: last_name, dateOfBirth });
}

function changedCapabilities(account: Stripe.Account, changes: Change['capabilities'] = {}) {
  const names = CAPABILITIES.filter((name) => changes[name]?.requested ?? account.capabilities?.[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, account.capabilities?.[name] ?? 'inactive']));
}

function deleteAccount(tx: Transaction, { id }: Stripe.Account): Stripe.DeletedAccount {
  const own = tx.in(id);
  if (own.all('currency_balance').some(({ available, pending }) => available !== 0 || pending !== 0)) {
    throw new StripeError(400, 'invalid_request_error', 'You cannot delete an account that has a non-zero balance.');
  }
  tx.remove('account', id);
  tx.remove('account_facts', id);
  return { id, object: 'account', deleted: true };
}

function capabilityName({ path }: Call): CapabilityName {
  const name = CAPABILITIES.find((known) => known === path['capability']);
  if (!name) throw noSuch('capability', path['capability'] ?? '', 'capability');
  return name;
}

/** Without what is undefined, so that a spread does not wipe what is there. */
function defined<Value extends object>(value: Value): { [K in keyof Value]?: Exclude<Value[K], undefined> } {
  // Only entries are left out.
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never;
}
