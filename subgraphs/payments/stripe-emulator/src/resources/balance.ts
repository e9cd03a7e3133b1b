import { text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { presentBalance, settle } from '../money/balance.js';
import { type Resource, route } from './resource.js';

/** What an account has, and each movement of it. */
export const balance: Resource = {
  routes: [
    route('GET /v1/balance', {}, ({ tx }) => presentBalance(tx)),
    route('GET /v1/balance_transactions/:id', {}, ({ tx, path }) => tx.get('balance_transaction', path['id'] ?? '')),
    route(
      'GET /v1/balance_transactions',
      {
        ...pageInTime,
        currency: text.optional(),
        payout: text.optional(),
        source: text.optional(),
        type: text.optional(),
      },
      (call, { currency, payout, source, type, ...input }) =>
        list(
          call,
          'balance_transaction',
          input,
          (one) =>
            (currency === undefined || one.currency === currency) &&
            (source === undefined || one.source === source) &&
            (payout === undefined || one.source === payout) &&
            (type === undefined || one.type === type),
        ),
    ),
  ],
  tasks: { 'balance.settle': settle },
};
