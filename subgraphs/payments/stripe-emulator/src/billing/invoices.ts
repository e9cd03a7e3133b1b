import type Stripe from 'stripe';
import { emit } from '../events/emit.js';
import { boolean, fields, mergeMetadata, metadata, oneOf, text } from '../http/input.js';
import { list, listOf, page, pageInTime } from '../http/list.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Answer, type Resource, route } from '../resources/resource.js';
import type { Transaction } from '../store/transaction.js';
import { arriveAt, inTimeOf } from './billing-time.js';
import { collectInvoice, finalizeInvoice, voidInvoice } from './invoice-life.js';
import { paymentsOf } from './invoice-settlement.js';
import { subscriptionIdOf } from './subscription-standing.js';

/** Invoices of subscriptions, and how they are paid. */
export const invoices: Resource = {
  routes: [
    route('GET /v1/invoices/:id', {}, ({ tx, path }) => tx.get('invoice', path['id'] ?? '')),
    route('POST /v1/invoices/:id', { auto_advance: boolean.optional(), metadata }, ({ tx, path }, input) => {
      const before = tx.get('invoice', path['id'] ?? '');
      const after = tx.put('invoice', {
        ...before,
        ...(input.auto_advance !== undefined && { auto_advance: input.auto_advance }),
        metadata: mergeMetadata(before.metadata ?? {}, input.metadata),
      });
      emit(tx, 'invoice.updated', after, before);
      return after;
    }),
    route(
      'POST /v1/invoices/:id/pay',
      { off_session: boolean.optional(), payment_method: text.optional() },
      ({ tx, path }, input) => payInvoice(tx, path['id'] ?? '', input),
    ),
    route('POST /v1/invoices/:id/finalize', { auto_advance: boolean.optional() }, ({ tx, path }) => {
      const draft = withStatus(tx, path['id'] ?? '', ['draft'], 'finalized');
      return finalizeInvoice(inTimeOf(tx, String(draft.customer)), draft);
    }),
    route('POST /v1/invoices/:id/void', {}, ({ tx, path }) => {
      const open = withStatus(tx, path['id'] ?? '', ['open', 'uncollectible'], 'voided');
      return voidInvoice(inTimeOf(tx, String(open.customer)), open);
    }),
    route('GET /v1/invoices/:id/lines', page, ({ tx, path, url }) =>
      listOf([...tx.get('invoice', path['id'] ?? '').lines.data], url),
    ),
    route(
      'GET /v1/invoices',
      {
        ...pageInTime,
        customer: text.optional(),
        status: oneOf(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
        subscription: text.optional(),
      },
      (call, { customer, status, subscription, ...input }) =>
        list(
          call,
          'invoice',
          input,
          (invoice) =>
            (customer === undefined || invoice.customer === customer) &&
            (status === undefined || invoice.status === status) &&
            (subscription === undefined || subscriptionIdOf(invoice) === subscription),
        ),
    ),
    route('GET /v1/invoice_payments/:id', {}, ({ tx, path }) => tx.get('invoice_payment', path['id'] ?? '')),
    route(
      'GET /v1/invoice_payments',
      {
        ...pageInTime,
        invoice: text.optional(),
        payment: fields({ type: oneOf(['payment_intent']), payment_intent: text }).optional(),
        status: oneOf(['open', 'paid', 'canceled']).optional(),
      },
      (call, { invoice, payment, status, ...input }) =>
        list(
          call,
          'invoice_payment',
          input,
          (one) =>
            (invoice === undefined || one.invoice === invoice) &&
            (payment === undefined || one.payment.payment_intent === payment.payment_intent) &&
            (status === undefined || one.status === status),
        ),
    ),
  ],
  includes: {
    invoice: {
      confirmation_secret: (tx, { id }) => secretOf(tx, id),
      payments: (tx, { id }) => listOf(paymentsOf(tx, id), `/v1/invoice_payments?invoice=${id}`),
    },
  },
  tasks: {
    'invoice.finalize': (tx, id, task) => {
      const draft = tx.get('invoice', id);
      if (draft.status !== 'draft') return;
      const open = finalizeInvoice(arriveAt(tx, task), draft);
      if (open.status === 'open') collectInvoice(tx, id, { isOffSession: true, isAutomatic: true });
    },
    'invoice.collect': (tx, id, task) => {
      if (tx.get('invoice', id).status !== 'open') return;
      collectInvoice(arriveAt(tx, task), id, { isOffSession: true, isAutomatic: true });
    },
  },
};

function payInvoice(
  given: Transaction,
  id: string,
  { off_session, payment_method }: { off_session?: boolean | undefined; payment_method?: string | undefined },
): Answer {
  const invoice = withStatus(given, id, ['open'], 'paid');
  const tx = inTimeOf(given, String(invoice.customer));
  const result = collectInvoice(tx, id, {
    method: payment_method,
    isOffSession: off_session ?? true,
    isAutomatic: false,
  });
  if (!result) {
    const message =
      'There is no `default_payment_method` set on this Customer or Invoice. Please attach a payment method, and set it as the default payment method.';
    return new StripeError(400, 'invalid_request_error', message, { code: 'resource_missing' });
  }
  return result.error ?? tx.get('invoice', id);
}

function withStatus(tx: Transaction, id: string, statuses: readonly string[], done: string): Stripe.Invoice {
  const invoice = tx.get('invoice', id);
  if (statuses.includes(invoice.status ?? '')) return invoice;
  const message =
    invoice.status === 'paid' && done === 'paid'
      ? 'Invoice is already paid'
      : `This invoice cannot be ${done}: its status is ${invoice.status}.`;
  throw new StripeError(400, 'invalid_request_error', message, { code: 'invoice_not_editable' });
}

function secretOf(tx: Transaction, id: string): Stripe.Invoice.ConfirmationSecret | null {
  const intent = tx.find('payment_intent', String(paymentsOf(tx, id)[0]?.payment.payment_intent));
  return intent?.client_secret ? { client_secret: intent.client_secret, type: 'payment_intent' } : null;
}
