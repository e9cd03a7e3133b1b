import type Stripe from 'stripe';
import { PLATFORM_NAME } from '../connect/platform-account.js';
import type { Engine } from '../engine.js';
import { formatAmount } from '../money/format.js';
import { messagePage } from '../pages/layout.js';
import { formOptions, pathParameter, readForm, seeOther, sendMissingPage, sendPage } from '../pages/serve.js';
import { threeDSecurePage } from '../pages/three-d-secure-page.js';
import { finishAuthentication } from '../payments/payment-intents.js';
import { finishSetupAuthentication } from '../payments/setup-intents.js';
import type { Resource } from '../resources/resource.js';
import type { Transaction } from '../store/transaction.js';

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** Where an intent's page of 3-D Secure led back to; its id is the intent's. */
export interface KeptAuthentication {
  id: string;
  returnUrl: string | null;
}

/** The bank's page, for intents that ask for 3-D Secure. */
export const threeDSecure: Resource = {
  routes: [],
  register(app, engine) {
    app.get('/3ds/:intent', (request, reply) => {
      const intent = findIntent(engine, pathParameter(request, 'intent'), request.query);
      if (!intent) return sendMissingPage(reply);
      return sendPage(
        reply,
        engine.transact((tx) => shown(tx, intent)),
      );
    });
    app.post('/3ds/:intent', formOptions, (request, reply) => {
      const intent = findIntent(engine, pathParameter(request, 'intent'), request.query);
      if (!intent) return sendMissingPage(reply);
      const { outcome } = readForm(request);
      if (intent.status === 'requires_action' && (outcome === 'complete' || outcome === 'fail')) {
        engine.transact((tx) => finish(tx, intent, outcome === 'complete'));
      }
      return seeOther(reply, addressOf(intent));
    });
  },
};

/** An intent is shown to who knows its secret. */
function findIntent(engine: Engine, id: string, query: unknown): Intent | undefined {
  const secret = new URLSearchParams(query as Record<string, string>).get('client_secret');
  const intent = engine.transact<Intent | undefined>(
    (tx) => tx.find('payment_intent', id) ?? tx.find('setup_intent', id),
  );
  return intent && secret !== null && intent.client_secret === secret ? intent : undefined;
}

function finish(tx: Transaction, { object, id, next_action }: Intent, isPassed: boolean): void {
  // The intent forgets where it leads back to when it goes on; who reloads the page is still led there.
  tx.put('authentication', { id, returnUrl: next_action?.redirect_to_url?.return_url ?? null });
  if (object === 'payment_intent') finishAuthentication(tx, id, isPassed);
  else finishSetupAuthentication(tx, id, isPassed);
}

function shown(tx: Transaction, intent: Intent): string {
  if (intent.status === 'requires_action') return challenge(tx, intent);
  const session = tx.find('intent_purpose', intent.id)?.session ?? null;
  const returnUrl = tx.find('authentication', intent.id)?.returnUrl ?? null;
  const elsewhere = returnUrl === null ? undefined : withResult(returnUrl, intent);
  const back = session === null ? elsewhere : `/c/pay/${session}`;
  if (back === undefined) return messagePage('Done', 'You can close this page.');
  return messagePage('Done', 'You go back to where you came from.', { url: back, label: 'Continue', atOnce: true });
}

function challenge(tx: Transaction, intent: Intent): string {
  const method =
    typeof intent.payment_method === 'string' ? tx.find('payment_method', intent.payment_method) : undefined;
  return threeDSecurePage({
    action: addressOf(intent),
    merchant: PLATFORM_NAME,
    amount: intent.object === 'payment_intent' ? formatAmount(intent.amount, intent.currency) : null,
    card: `the card ending in ${method?.card?.last4 ?? ''}`,
  });
}

function addressOf({ id, client_secret }: Intent): string {
  return `/3ds/${id}?client_secret=${client_secret}`;
}

/**
 * Where the integration wants its customer back, told what came of it. An app's own scheme is as good as https; what a
 * browser would run or read from the machine is not.
 */
function withResult(returnUrl: string, { object, id, client_secret, status }: Intent): string | undefined {
  if (!URL.canParse(returnUrl)) return undefined;
  const url = new URL(returnUrl);
  if (['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'].includes(url.protocol)) return undefined;
  url.searchParams.set(object, id);
  url.searchParams.set(`${object}_client_secret`, client_secret ?? '');
  const isGood = status === 'succeeded' || status === 'requires_capture' || status === 'processing';
  url.searchParams.set('redirect_status', isGood ? 'succeeded' : 'failed');
  return url.href;
}
