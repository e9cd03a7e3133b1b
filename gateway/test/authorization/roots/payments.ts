import { only, signedIn } from '../audience.js';
import type { Table } from '../table.js';

const accountants = only('SUPER_ADMIN', 'ADMIN');

/** The payments room. */
export const payments: Table = {
  Query: {
    ledger: accountants,
    ledgerAccounts: accountants,
    payment: signedIn,
  },
  Mutation: {
    exportLedger: accountants,
  },
  Subscription: {},
};
