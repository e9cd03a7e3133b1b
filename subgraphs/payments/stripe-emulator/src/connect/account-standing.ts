import type Stripe from 'stripe';
import { emit } from '../events/emit.js';
import { StripeError } from '../protocol/stripe-error.js';
import { PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { type AccountFacts, noFacts, withStanding } from './account.builder.js';

/** What connected accounts can be able to do. */
export const CAPABILITIES = ['card_payments', 'transfers', 'tax_reporting_us_1099_k'] as const;
/** @see CAPABILITIES */
export type CapabilityName = (typeof CAPABILITIES)[number];

/** @throws StripeError when the platform has no such account */
export function accountOf(tx: Transaction, id = ''): Stripe.Account {
  const account = tx.in(PLATFORM).find('account', id);
  if (account) return account;
  const message = `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`;
  throw new StripeError(403, 'invalid_request_error', message, { code: 'account_invalid' });
}

/** What is known and not told of an account. */
export function factsOf(tx: Transaction, id: string): AccountFacts {
  return tx.in(PLATFORM).find('account_facts', id) ?? noFacts(id);
}

/** Changes what is known of an account, and with it what it may do; tells of it when something did change. */
export function changeFacts(tx: Transaction, id: string, change: Partial<Omit<AccountFacts, 'id'>>): Stripe.Account {
  tx.in(PLATFORM).put('account_facts', { ...factsOf(tx, id), ...change });
  return refreshAccount(tx, accountOf(tx, id));
}

/** Brings an account up to what is known of it now. @param before as it was told last */
export function refreshAccount(tx: Transaction, account: Stripe.Account, before = account): Stripe.Account {
  const platform = tx.in(PLATFORM);
  const own = tx.in(account.id);
  const after = withStanding(account, factsOf(tx, account.id), own.all('bank_account').reverse());
  if (JSON.stringify(after) === JSON.stringify(before)) return after;
  platform.put('account', after);
  emit(own, 'account.updated', after, before);
  for (const name of capabilityNames(after)) {
    const [now, then] = [capabilityOf(after, name), capabilityOf(before, name)];
    if (now.status !== then.status) emit(own, 'capability.updated', now, then);
  }
  return after;
}

/** The capabilities that have been asked for. */
export function capabilityNames(account: Stripe.Account): CapabilityName[] {
  return CAPABILITIES.filter((name) => account.capabilities?.[name] !== undefined);
}

/** A capability of an account, asked for or not. */
export function capabilityOf(account: Stripe.Account, name: CapabilityName): Stripe.Capability {
  const status = account.capabilities?.[name];
  const due = account.requirements?.currently_due ?? [];
  const requirements = {
    alternatives: [],
    current_deadline: null,
    currently_due: status === undefined ? [] : due,
    disabled_reason: status === 'inactive' ? 'requirements.fields_needed' : null,
    errors: [],
    eventually_due: status === undefined ? [] : due,
    past_due: [],
    pending_verification: status === 'pending' ? ['individual.verification.document'] : [],
  };
  return {
    id: name,
    object: 'capability',
    account: account.id,
    future_requirements: { ...requirements, currently_due: [], eventually_due: [], disabled_reason: null },
    requested: status !== undefined,
    requested_at: status === undefined ? null : (account.created ?? null),
    requirements,
    status: status ?? 'unrequested',
  };
}
