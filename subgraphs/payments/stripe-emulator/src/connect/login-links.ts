import type Stripe from 'stripe';
import { presentBalance } from '../money/balance.js';
import { formatAmount } from '../money/format.js';
import { balancePage } from '../pages/balance-page.js';
import { pathParameter, sendMissingPage, sendPage } from '../pages/serve.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId, PLATFORM } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { accountOf } from './account-standing.js';
import { PLATFORM_NAME } from './platform-account.js';

/** A link by which a connected account's owner looks at its money. */
export interface KeptLoginLink {
  id: string;
  account: string;
  expiresAt: number;
}

const LIFETIME = 3_600;
const SHOWN_PAYOUTS = 20;

/** Links to the dashboard of a connected account, and that page. */
export const loginLinks: Resource = {
  routes: [
    route('POST /v1/accounts/:id/login_links', {}, ({ tx, path }): Stripe.LoginLink => {
      const account = accountOf(tx, path['id']);
      if (!account.details_submitted) {
        const message = 'Cannot create a login link for an account that has not completed onboarding.';
        throw new StripeError(400, 'invalid_request_error', message);
      }
      const link = { id: newId('llink', 32), account: account.id, expiresAt: tx.now + LIFETIME };
      tx.in(PLATFORM).put('login_link', link);
      return { object: 'login_link', created: tx.now, url: `${tx.surroundings.publicUrl}/express/${link.id}` };
    }),
  ],
  register(app, engine) {
    app.get('/express/:link', (request, reply) => {
      const shown = engine.transact((tx) => {
        const link = tx.find('login_link', pathParameter(request, 'link'));
        const account = link && link.expiresAt > tx.now && tx.find('account', link.account);
        return account && showAccount(tx.in(account.id), account);
      });
      return shown ? sendPage(reply, shown) : sendMissingPage(reply);
    });
  },
};

function showAccount(own: Transaction, { email }: Stripe.Account): string {
  const { available, pending } = presentBalance(own);
  const waiting = new Map(pending.map(({ amount, currency }) => [currency, amount]));
  return balancePage({
    merchant: PLATFORM_NAME,
    email,
    balances: available.map(({ amount, currency }) => ({
      available: formatAmount(amount, currency),
      pending: formatAmount(waiting.get(currency) ?? 0, currency),
    })),
    payouts: own
      .all('payout')
      .slice(0, SHOWN_PAYOUTS)
      .map(({ amount, currency, status, arrival_date }) => ({
        amount: formatAmount(amount, currency),
        status: status.replaceAll('_', ' '),
        arrival: new Date(arrival_date * 1_000).toISOString().slice(0, 10),
      })),
  });
}
