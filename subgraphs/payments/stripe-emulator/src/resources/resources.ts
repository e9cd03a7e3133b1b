import { accountLinks } from '../connect/account-links.js';
import { accounts } from '../connect/accounts.js';
import { bankAccounts } from '../connect/bank-accounts.js';
import { loginLinks } from '../connect/login-links.js';
import { payouts } from '../connect/payouts.js';
import { transferReversals } from '../connect/transfer-reversals.js';
import { transfers } from '../connect/transfers.js';
import { balance } from './balance.js';
import { customers } from './customers.js';
import type { Resource } from './resource.js';

const connect = [accounts, accountLinks, bankAccounts, loginLinks, payouts, transferReversals, transfers];

/** Every noun that the emulator knows. */
export const resources: readonly Resource[] = [balance, customers, ...connect];
