import { emit } from '../events/emit.js';
import { mergeMetadata, metadata, oneOf, text } from '../http/input.js';
import { list, page } from '../http/list.js';
import { getCustomer } from '../payments/customer.js';
import {
  attachMethod,
  billingDetails,
  createMethod,
  detachMethod,
  fullBillingDetails,
  methodData,
} from '../payments/payment-methods.js';
import { noSuch } from '../protocol/stripe-error.js';
import { type Resource, route } from './resource.js';

const type = oneOf(['card']);

/** Payment methods: cards that can be paid with. */
export const paymentMethods: Resource = {
  routes: [
    route('POST /v1/payment_methods', methodData.shape, ({ tx }, input) => createMethod(tx, input), { isPublic: true }),
    route('GET /v1/payment_methods/:id', {}, ({ tx, path }) => tx.get('payment_method', path['id'] ?? '')),
    route(
      'POST /v1/payment_methods/:id',
      { billing_details: billingDetails.optional(), metadata },
      ({ tx, path }, input) => {
        const before = tx.get('payment_method', path['id'] ?? '');
        const after = tx.put('payment_method', {
          ...before,
          ...(input.billing_details && { billing_details: fullBillingDetails(input.billing_details) }),
          metadata: mergeMetadata(before.metadata ?? {}, input.metadata),
        });
        emit(tx, 'payment_method.updated', after, before);
        return after;
      },
    ),
    route('POST /v1/payment_methods/:id/attach', { customer: text }, ({ tx, path }, { customer }) =>
      attachMethod(tx, path['id'] ?? '', customer),
    ),
    route('POST /v1/payment_methods/:id/detach', {}, ({ tx, path }) => detachMethod(tx, path['id'] ?? '')),
    route(
      'GET /v1/payment_methods',
      { ...page, customer: text.optional(), type: type.optional() },
      (call, { customer, type: _card, ...input }) =>
        list(call, 'payment_method', input, (method) => method.customer !== null && method.customer === customer),
    ),
    route(
      'GET /v1/customers/:customer/payment_methods',
      { ...page, type: type.optional() },
      (call, { type: _card, ...input }) => {
        const customer = getCustomer(call.tx, call.path['customer'] ?? '');
        return list(call, 'payment_method', input, (method) => method.customer === customer.id);
      },
    ),
    route('GET /v1/customers/:customer/payment_methods/:id', {}, ({ tx, path }) => {
      const method = tx.get('payment_method', path['id'] ?? '');
      if (method.customer !== path['customer']) throw noSuch('PaymentMethod', method.id);
      return method;
    }),
  ],
};
