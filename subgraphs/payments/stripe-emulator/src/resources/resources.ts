import { invoices } from '../billing/invoices.js';
import { prices } from '../billing/prices.js';
import { products } from '../billing/products.js';
import { subscriptions } from '../billing/subscriptions.js';
import { testClocks } from '../billing/test-clocks.js';
import { hostedPage } from '../checkout/hosted-page.js';
import { checkoutSessions } from '../checkout/sessions.js';
import { threeDSecure } from '../checkout/three-d-secure.js';
import { accountLinks } from '../connect/account-links.js';
import { accounts } from '../connect/accounts.js';
import { bankAccounts } from '../connect/bank-accounts.js';
import { loginLinks } from '../connect/login-links.js';
import { payouts } from '../connect/payouts.js';
import { transferReversals } from '../connect/transfer-reversals.js';
import { transfers } from '../connect/transfers.js';
import { disputes } from '../disputes/disputes.js';
import { files } from '../disputes/files.js';
import { balance } from './balance.js';
import { charges } from './charges.js';
import { customers } from './customers.js';
import { events } from './events.js';
import { paymentIntents } from './payment-intents.js';
import { paymentMethods } from './payment-methods.js';
import { refunds } from './refunds.js';
import type { Resource } from './resource.js';
import { setupIntents } from './setup-intents.js';
import { webhookEndpoints } from './webhook-endpoints.js';

const connect = [accounts, accountLinks, bankAccounts, loginLinks, payouts, transferReversals, transfers];

const payments = [charges, customers, paymentIntents, paymentMethods, refunds, setupIntents];

const billing = [invoices, prices, products, subscriptions, testClocks];

const checkout = [checkoutSessions, hostedPage, threeDSecure];

const disputing = [disputes, files];

const telling = [events, webhookEndpoints];

/** Every noun that the emulator knows. */
export const resources: readonly Resource[] = [
  balance,
  ...payments,
  ...connect,
  ...billing,
  ...checkout,
  ...disputing,
  ...telling,
];
