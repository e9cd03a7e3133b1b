import type Stripe from 'stripe';
import { intentOf } from '../billing/invoice-life.js';
import { productOf } from '../billing/prices.js';
import { PLATFORM_NAME } from '../connect/platform-account.js';
import type { Engine } from '../engine.js';
import { formatAmount } from '../money/format.js';
import { type CheckoutForm, type CheckoutView, checkoutPage } from '../pages/checkout-page.js';
import { messagePage } from '../pages/layout.js';
import { formOptions, pathParameter, readForm, seeOther, sendMissingPage, sendPage } from '../pages/serve.js';
import type { StripeError } from '../protocol/stripe-error.js';
import type { Resource } from '../resources/resource.js';
import type { Transaction } from '../store/transaction.js';
import { fieldOf, isPayer, readCheckoutForm } from './card-form.rules.js';
import { isOpen, ownerEmail } from './completion.js';
import { pay } from './paying.js';
import { checkoutFactsOf } from './sessions.js';

type Session = Stripe.Checkout.Session;

/** What a browser is sent: a page with its status, or elsewhere. */
type Sent = { page: string; status: number } | { location: string };

/** Checkout's hosted page. */
export const hostedPage: Resource = {
  routes: [],
  register(app, engine) {
    app.get('/c/pay/:session', (request, reply) => {
      const session = findSession(engine, pathParameter(request, 'session'));
      if (!session) return sendMissingPage(reply);
      const { page, status } = engine.transact((tx) => shown(tx, session));
      return sendPage(reply, page, status);
    });
    app.post('/c/pay/:session', formOptions, (request, reply) => {
      const session = findSession(engine, pathParameter(request, 'session'));
      if (!session) return sendMissingPage(reply);
      const sent = engine.transact((tx) => submitted(tx, session, readForm(request)));
      return 'location' in sent ? seeOther(reply, sent.location) : sendPage(reply, sent.page, sent.status);
    });
  },
};

function findSession(engine: Engine, id: string): Session | undefined {
  return engine.transact((tx) => tx.find('checkout.session', id));
}

function shown(tx: Transaction, session: Session): { page: string; status: number } {
  if (session.status === 'complete') {
    const url = (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
    const onward = { url, label: `Back to ${PLATFORM_NAME}`, atOnce: true };
    return {
      page: messagePage('Thank you', 'This is complete; there is nothing more to do here.', onward),
      status: 200,
    };
  }
  if (!isOpen(tx, session)) {
    const onward = session.cancel_url === null ? undefined : { url: session.cancel_url, label: 'Go back' };
    const text = 'Nothing was charged. Start again where you came from.';
    return { page: messagePage('This page has expired', text, onward), status: 410 };
  }
  const problem = lastProblem(tx, session);
  return { page: checkoutPage({ ...viewOf(tx, session), ...(problem !== undefined && { problem }) }), status: 200 };
}

function submitted(tx: Transaction, session: Session, form: CheckoutForm): Sent {
  const here = { location: `/c/pay/${session.id}` };
  // Sent twice, or too late: the page says so.
  if (!isOpen(tx, session)) return here;
  const view = viewOf(tx, session);
  const payer = readCheckoutForm(form, view.email === null);
  if (!isPayer(payer)) return { page: checkoutPage({ ...view, form, errors: payer }), status: 422 };
  const paid = pay(tx, session, payer);
  if (paid === 'DONE') return here;
  return 'refusal' in paid ? refused(view, form, paid.refusal) : { location: paid.authenticateAt };
}

function refused(view: CheckoutView, form: CheckoutForm, { message, details }: StripeError): Sent {
  const field = fieldOf(details.param);
  const wrong = field === undefined ? { problem: message } : { errors: { [field]: message } };
  return { page: checkoutPage({ ...view, form, ...wrong }), status: 402 };
}

/** Why the last attempt on this page failed: who comes back from 3-D Secure has not seen it yet. */
function lastProblem(tx: Transaction, { invoice, payment_intent, setup_intent }: Session): string | undefined {
  const paying = typeof invoice === 'string' ? intentOf(tx, invoice) : payment_intent;
  const intent = typeof paying === 'string' ? tx.find('payment_intent', paying) : undefined;
  const setup = typeof setup_intent === 'string' ? tx.find('setup_intent', setup_intent) : undefined;
  return intent?.last_payment_error?.message ?? setup?.last_setup_error?.message;
}

function viewOf(tx: Transaction, session: Session): CheckoutView {
  const { lines } = checkoutFactsOf(tx, session.id);
  const { amount_total: total, currency } = session;
  return {
    action: `/c/pay/${session.id}`,
    // A session is made in one of these modes alone.
    mode: session.mode as CheckoutView['mode'],
    merchant: PLATFORM_NAME,
    lines: lines.map((line) => ({
      name: line.description ?? '',
      description: line.price ? (productOf(tx, line.price)?.description ?? null) : null,
      quantity: line.quantity ?? 1,
      amount: formatAmount(line.amount_total, line.currency),
    })),
    total: total === null || currency === null ? null : formatAmount(total, currency),
    interval: intervalOf(lines),
    email: session.customer_email ?? ownerEmail(tx, session),
    cancelUrl: session.cancel_url,
  };
}

function intervalOf(lines: readonly Stripe.LineItem[]): string | null {
  const recurring = lines.find(({ price }) => price?.recurring)?.price?.recurring;
  if (!recurring) return null;
  const { interval, interval_count: count } = recurring;
  return count === 1 ? `every ${interval}` : `every ${count} ${interval}s`;
}
