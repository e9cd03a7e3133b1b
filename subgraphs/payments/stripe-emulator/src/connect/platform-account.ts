import type Stripe from 'stripe';
import { PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { buildSettings } from './account.builder.js';

/** By what name the platform goes on the pages. */
export const PLATFORM_NAME = 'Tutorgraph';

/** The account that the secret key belongs to. */
export function platformAccount(tx: Transaction): Stripe.Account {
  return {
    id: PLATFORM,
    object: 'account',
    business_type: 'company',
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    controller: { type: 'account' },
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: null,
    external_accounts: { object: 'list', data: [], has_more: false, url: `/v1/accounts/${PLATFORM}/external_accounts` },
    metadata: {},
    payouts_enabled: true,
    settings: buildSettings(PLATFORM_NAME),
    tos_acceptance: { date: tx.now },
    type: 'standard',
  };
}
