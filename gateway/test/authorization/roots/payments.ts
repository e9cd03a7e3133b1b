import { signedIn } from '../audience.js';
import type { Table } from '../table.js';

/** The payments room. */
export const payments: Table = {
  Query: {
    payment: signedIn,
  },
  Mutation: {},
  Subscription: {},
};
