import type Stripe from 'stripe';
import type { Engine } from '../engine.js';
import { fields, oneOf, text, webAddress } from '../http/input.js';
import { messagePage } from '../pages/layout.js';
import { type OnboardingForm, onboardingPage } from '../pages/onboarding-page.js';
import { formOptions, pathParameter, readForm, seeOther, sendMissingPage, sendPage } from '../pages/serve.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { accountOf, factsOf } from './account-standing.js';
import { bankAccountScheme } from './bank-accounts.rules.js';
import { onboard } from './onboarding.js';
import { readOnboardingForm } from './onboarding.rules.js';
import { PLATFORM_NAME } from './platform-account.js';
import { platformOnly } from './platform-only.js';

/** A link by which a connected account's owner comes to the onboarding page, once. */
export interface KeptAccountLink {
  id: string;
  account: string;
  expiresAt: number;
  refreshUrl: string;
  returnUrl: string;
  isUsed: boolean;
}

const LIFETIME = 5 * 60;

/** Links to the onboarding page, and that page. */
export const accountLinks: Resource = {
  routes: [
    route(
      'POST /v1/account_links',
      {
        account: text,
        collect: oneOf(['currently_due', 'eventually_due']).optional(),
        collection_options: fields({
          fields: oneOf(['currently_due', 'eventually_due']).optional(),
          future_requirements: oneOf(['include', 'omit']).optional(),
        }).optional(),
        refresh_url: webAddress,
        return_url: webAddress,
        type: oneOf(['account_onboarding', 'account_update']),
      },
      ({ tx }, { account, type, refresh_url, return_url }): Stripe.AccountLink => {
        const { id: owner } = accountOf(platformOnly(tx), account);
        if (type === 'account_update') {
          const message = 'You cannot create `account_update` type Account Links for this account.';
          throw new StripeError(400, 'invalid_request_error', message, { param: 'type' });
        }
        const expiresAt = tx.now + LIFETIME;
        const { id } = tx.put('account_link', {
          id: newId('alink', 32),
          account: owner,
          expiresAt,
          refreshUrl: refresh_url,
          returnUrl: return_url,
          isUsed: false,
        });
        const url = `${tx.surroundings.publicUrl}/connect/${id}`;
        return { object: 'account_link', created: tx.now, expires_at: expiresAt, url };
      },
    ),
  ],
  register(app, engine) {
    app.get('/connect/:link', (request, reply) => {
      const link = findLink(engine, pathParameter(request, 'link'));
      if (!link) return sendMissingPage(reply);
      if (link.state !== 'OPEN') return seeOther(reply, link.refreshUrl);
      return sendPage(
        reply,
        engine.transact((tx) => showForm(tx, link)),
      );
    });
    app.post('/connect/:link', formOptions, (request, reply) => {
      const link = findLink(engine, pathParameter(request, 'link'));
      if (!link) return sendMissingPage(reply);
      if (link.state === 'USED') return seeOther(reply, `/connect/${link.id}/done`);
      if (link.state === 'EXPIRED') return sendPage(reply, expiredPage(link), 410);
      const refused = engine.transact((tx) => receive(tx, link, readForm(request)));
      return refused === undefined ? seeOther(reply, `/connect/${link.id}/done`) : sendPage(reply, refused, 422);
    });
    app.get('/connect/:link/done', (request, reply) => {
      const link = findLink(engine, pathParameter(request, 'link'));
      if (link?.state !== 'USED') return sendMissingPage(reply);
      const onward = { url: link.returnUrl, label: 'Continue', atOnce: true };
      return sendPage(reply, messagePage('Thank you', `You go back to ${PLATFORM_NAME}.`, onward));
    });
  },
};

function findLink(engine: Engine, id: string) {
  return engine.transact((tx) => {
    const link = tx.find('account_link', id);
    if (!link || !tx.find('account', link.account)) return undefined;
    const state = link.isUsed ? 'USED' : link.expiresAt <= tx.now ? 'EXPIRED' : 'OPEN';
    return { ...link, state } as const;
  });
}

function expiredPage(link: KeptAccountLink): string {
  const onward = { url: link.refreshUrl, label: 'Get a new link' };
  return messagePage('This link has expired', 'What you entered was not kept. Ask for a new link.', onward);
}

function showForm(
  tx: Transaction,
  link: KeptAccountLink,
  form?: OnboardingForm,
  errors?: Partial<Record<keyof OnboardingForm, string>>,
): string {
  const account = accountOf(tx, link.account);
  const facts = factsOf(tx, account.id);
  const [saved] = tx.in(account.id).all('bank_account', ({ status }) => status !== 'errored');
  return onboardingPage({
    action: `/connect/${link.id}`,
    merchant: PLATFORM_NAME,
    country: account.country ?? 'US',
    email: account.email,
    bankAccount: bankAccountScheme(account.country ?? 'US'),
    savedAccount: saved ? `${saved.bank_name} •••• ${saved.last4}` : null,
    form: form ?? {
      firstName: facts.firstName ?? undefined,
      lastName: facts.lastName ?? undefined,
      dateOfBirth: facts.dateOfBirth ?? undefined,
      terms: facts.hasAcceptedTerms ? 'accepted' : undefined,
    },
    ...(errors && { errors }),
  });
}

/** Takes the form; answers with the page again when something is wrong and it was not left for later. */
function receive(
  tx: Transaction,
  link: KeptAccountLink,
  form: OnboardingForm & { later?: string },
): string | undefined {
  const account = accountOf(tx, link.account);
  const scheme = bankAccountScheme(account.country ?? 'US');
  const hasBankAccount = tx.in(account.id).all('bank_account', ({ status }) => status !== 'errored').length > 0;
  const answer = readOnboardingForm(form, scheme, hasBankAccount, tx.now);
  const isLeft = form.later !== undefined;
  if (!isLeft && Object.keys(answer.errors).length > 0) return showForm(tx, link, form, answer.errors);
  onboard(tx, account, answer, !isLeft);
  tx.update('account_link', link.id, { isUsed: true });
  return undefined;
}
