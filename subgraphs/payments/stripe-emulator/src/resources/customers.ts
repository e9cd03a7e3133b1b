import { inTimeOf } from '../billing/billing-time.js';
import { endSubscription, hasEnded } from '../billing/subscription-standing.js';
import { emit } from '../events/emit.js';
import { text } from '../http/input.js';
import { list, listOf, pageInTime } from '../http/list.js';
import { changedCustomer, createCustomer, customerShape, getCustomer } from '../payments/customer.js';
import { attachMethod, detachMethod } from '../payments/payment-methods.js';
import { type Resource, route } from './resource.js';

/** Customers: whom payments and subscriptions belong to. */
export const customers: Resource = {
  routes: [
    route(
      'POST /v1/customers',
      { ...customerShape, payment_method: text.optional(), test_clock: text.optional() },
      ({ tx }, { payment_method: method, invoice_settings, ...input }) => {
        const made = createCustomer(tx, input);
        if (method !== undefined) attachMethod(tx, method, made.id);
        return invoice_settings ? tx.put('customer', changedCustomer(tx, made, { invoice_settings })) : made;
      },
    ),
    route('GET /v1/customers/:id', {}, ({ tx, path }) => tx.get('customer', path['id'] ?? '')),
    route('POST /v1/customers/:id', customerShape, ({ tx, path }, input) => {
      const before = getCustomer(tx, path['id'] ?? '');
      const after = tx.put('customer', changedCustomer(tx, before, input));
      emit(tx, 'customer.updated', after, before);
      return after;
    }),
    route('DELETE /v1/customers/:id', {}, ({ tx, path }) => {
      const before = getCustomer(tx, path['id'] ?? '');
      for (const subscription of tx.all('subscription', ({ customer }) => customer === before.id)) {
        if (!hasEnded(subscription)) endSubscription(inTimeOf(tx, before.id), subscription, 'cancellation_requested');
      }
      for (const { id } of tx.all('payment_method', ({ customer }) => customer === before.id)) detachMethod(tx, id);
      emit(tx, 'customer.deleted', before);
      return tx.put('customer', { id: before.id, object: 'customer', deleted: true });
    }),
    route(
      'GET /v1/customers',
      { ...pageInTime, email: text.optional(), test_clock: text.optional() },
      (call, { email, test_clock, ...input }) =>
        list(call, 'customer', input, (customer) => {
          if (customer.deleted) return false;
          return (email === undefined || customer.email === email) && (customer.test_clock ?? undefined) === test_clock;
        }),
    ),
  ],
  includes: {
    customer: {
      subscriptions: (tx, { id }) =>
        listOf(
          tx.all('subscription', (subscription) => subscription.customer === id && !hasEnded(subscription)),
          `/v1/customers/${id}/subscriptions`,
        ),
      // Cards are payment methods here; what came before them nobody has.
      sources: (_tx, { id }) => listOf([], `/v1/customers/${id}/sources`),
    },
  },
};
