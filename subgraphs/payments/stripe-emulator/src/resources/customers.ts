import type Stripe from 'stripe';
import type { z } from 'zod';
import { emit } from '../events/emit.js';
import { address, clearable, fields, fullAddress, integer, mergeMetadata, metadata, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { noSuch } from '../protocol/stripe-error.js';
import { newId, randomText } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { type Resource, route } from './resource.js';

const shape = {
  address: clearable(address),
  balance: integer.optional(),
  description: clearable(text),
  email: clearable(text.max(512)),
  invoice_settings: fields({ default_payment_method: clearable(text) }).optional(),
  metadata,
  name: clearable(text.max(256)),
  phone: clearable(text.max(20)),
  shipping: clearable(fields({ address, name: text, phone: text.optional() })),
};

type Input = z.infer<z.ZodObject<typeof shape>>;

/** Customers: whom payments and subscriptions belong to. */
export const customers: Resource = {
  routes: [
    route('POST /v1/customers', { ...shape, test_clock: text.optional() }, ({ tx }, input) =>
      createCustomer(tx, input),
    ),
    route('GET /v1/customers/:id', {}, ({ tx, path }) => tx.get('customer', path['id'] ?? '')),
    route('POST /v1/customers/:id', shape, ({ tx, path }, input) => {
      const before = getCustomer(tx, path['id'] ?? '');
      const after = tx.put('customer', change(before, input));
      emit(tx, 'customer.updated', after, before);
      return after;
    }),
    route('DELETE /v1/customers/:id', {}, ({ tx, path }) => {
      const before = getCustomer(tx, path['id'] ?? '');
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
};

/** Makes a customer. @throws StripeError when there is no such test clock */
export function createCustomer(tx: Transaction, input: Input & { test_clock?: string | undefined }): Stripe.Customer {
  const { test_clock = null } = input;
  if (test_clock !== null) tx.get('test_helpers.test_clock', test_clock, 'test_clock');
  const made = change(emptyCustomer(tx, test_clock), input);
  tx.put('customer', made);
  emit(tx, 'customer.created', made);
  return made;
}

/** A customer that has not been deleted. @throws StripeError when there is none */
export function getCustomer(tx: Transaction, id: string, param = 'id'): Stripe.Customer {
  const customer = tx.get('customer', id, param);
  if (customer.deleted) throw noSuch('customer', id, param);
  return customer;
}

function emptyCustomer(tx: Transaction, testClock: string | null): Stripe.Customer {
  return {
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: tx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: testClock,
  };
}

function change(customer: Stripe.Customer, input: Input): Stripe.Customer {
  const { balance, description, email, name, phone, invoice_settings: invoicing, shipping } = input;
  const given = { balance, description, email, name, phone };
  return {
    ...customer,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(input.address !== undefined && { address: input.address && fullAddress(input.address) }),
    ...(shipping !== undefined && { shipping: shipping && { ...shipping, address: fullAddress(shipping.address) } }),
    ...(invoicing?.default_payment_method !== undefined && {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: invoicing.default_payment_method },
    }),
    metadata: mergeMetadata(customer.metadata, input.metadata),
  };
}
