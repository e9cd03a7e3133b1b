import type Stripe from 'stripe';
import { listOf } from '../http/list.js';
import { type Onboarded, requirementsDue } from './onboarding.rules.js';

/** What the emulator knows of a connected account and does not tell: who is behind it, and what was decided of it. */
export interface AccountFacts extends Onboarded {
  id: string;
  /** Has the onboarding form been sent whole? */
  isSubmitted: boolean;
  /** Is an authority still looking at it? */
  isInReview: boolean;
  rejection: 'fraud' | 'terms_of_service' | 'other' | null;
}

/** Nothing told yet. */
export function noFacts(id: string): AccountFacts {
  return {
    id,
    firstName: null,
    lastName: null,
    dateOfBirth: null,
    hasAcceptedTerms: false,
    isSubmitted: false,
    isInReview: false,
    rejection: null,
  };
}

type Requirements = Stripe.Account.Requirements;

/** What an account may do follows from what has been told about it; this puts it into the account. */
export function withStanding(
  account: Stripe.Account,
  facts: AccountFacts,
  bankAccounts: readonly Stripe.BankAccount[],
): Stripe.Account {
  const hasBankAccount = bankAccounts.some(({ status }) => status !== 'errored');
  const requirements = requirementsOf(facts, hasBankAccount);
  const isUsable = facts.isSubmitted && requirements.disabled_reason === null;
  const isVerified = facts.isSubmitted && facts.rejection === null && requirementsDue(facts, true).length === 0;
  const status = isVerified ? (facts.isInReview ? 'pending' : 'active') : 'inactive';
  const capabilities = Object.fromEntries(Object.keys(account.capabilities ?? {}).map((name) => [name, status]));
  return {
    ...account,
    capabilities,
    charges_enabled: capabilities['card_payments'] === 'active',
    details_submitted: facts.isSubmitted,
    external_accounts: listOf([...bankAccounts], `/v1/accounts/${account.id}/external_accounts`),
    payouts_enabled: isUsable && status === 'active',
    requirements,
  };
}

function requirementsOf(facts: AccountFacts, hasBankAccount: boolean): Requirements {
  const due = requirementsDue(facts, hasBankAccount);
  const isInReview = facts.isSubmitted && facts.isInReview;
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: due,
    disabled_reason: disabledReason(facts, due.length > 0, isInReview),
    errors: [],
    eventually_due: due,
    past_due: due,
    pending_verification: isInReview ? ['individual.verification.document'] : [],
  };
}

function disabledReason(
  { rejection }: AccountFacts,
  isDue: boolean,
  isInReview: boolean,
): Requirements['disabled_reason'] {
  if (rejection !== null) return `rejected.${rejection}`;
  if (isDue) return 'requirements.past_due';
  return isInReview ? 'requirements.pending_verification' : null;
}

/** What an account is made with. */
export interface NewAccount {
  id: string;
  created: number;
  country: string;
  currency: string;
  email: string | null;
  businessType: string | null;
  businessProfile: { name: string | null; url: string | null; productDescription: string | null; mcc: string | null };
  /** Capabilities asked for. */
  capabilities: readonly string[];
  metadata: Record<string, string>;
}

/** A new Express account, to be completed by {@link withStanding}. */
export function buildAccount(about: NewAccount): Stripe.Account {
  return {
    id: about.id,
    object: 'account',
    business_profile: {
      mcc: about.businessProfile.mcc,
      minority_owned_business_designation: null,
      name: about.businessProfile.name,
      product_description: about.businessProfile.productDescription,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: about.businessProfile.url,
    },
    business_type: about.businessType,
    capabilities: Object.fromEntries(about.capabilities.map((name) => [name, 'inactive'])),
    charges_enabled: false,
    controller: {
      fees: { payer: 'application_express' },
      is_controller: true,
      losses: { payments: 'application' },
      requirement_collection: 'stripe',
      stripe_dashboard: { type: 'express' },
      type: 'application',
    },
    country: about.country,
    created: about.created,
    default_currency: about.currency,
    details_submitted: false,
    email: about.email,
    future_requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: [],
      disabled_reason: null,
      errors: [],
      eventually_due: [],
      past_due: [],
      pending_verification: [],
    },
    metadata: about.metadata,
    payouts_enabled: false,
    settings: buildSettings(about.businessProfile.name),
    tos_acceptance: { date: null },
    type: 'express',
  };
}

/** Settings before anybody changes them. */
export function buildSettings(displayName: string | null): Stripe.Account.Settings {
  return {
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      decline_on: { avs_failure: false, cvc_failure: false },
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: displayName, timezone: 'Etc/UTC' },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    payouts: {
      debit_negative_balances: true,
      schedule: { delay_days: 2, interval: 'daily' },
      statement_descriptor: null,
    },
  };
}
