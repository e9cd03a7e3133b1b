import type Stripe from 'stripe';
import { z } from 'zod';
import { emit } from '../events/emit.js';
import {
  address,
  clearable,
  fields,
  fullAddress,
  integer,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  textUpTo,
} from '../http/input.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { newId, randomText } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';

/** What a client may set of a customer. */
export const customerShape = {
  address: clearable(address),
  balance: integer.optional(),
  description: clearable(text),
  email: clearable(textUpTo(512)),
  invoice_settings: fields({ default_payment_method: clearable(text) }).optional(),
  metadata,
  name: clearable(textUpTo(256)),
  phone: clearable(textUpTo(20)),
  preferred_locales: z.array(text).optional(),
  tax_exempt: oneOf(['exempt', 'none', 'reverse']).optional(),
  shipping: clearable(fields({ address, name: text, phone: text.optional() })),
};

type Input = z.infer<z.ZodObject<typeof customerShape>>;

/** A customer that has not been deleted. @throws StripeError when there is none */
export function getCustomer(tx: Transaction, id: string, param = 'id'): Stripe.Customer {
  const customer = tx.get('customer', id, param);
  if (customer.deleted) throw noSuch('customer', id, param);
  return customer;
}

/** Makes a customer. @throws StripeError when there is no such test clock */
export function createCustomer(tx: Transaction, input: Input & { test_clock?: string | undefined }): Stripe.Customer {
  const { test_clock = null } = input;
  if (test_clock !== null) tx.get('test_helpers.test_clock', test_clock, 'test_clock');
  const made = changedCustomer(tx, emptyCustomer(tx, test_clock), input);
  tx.put('customer', made);
  emit(tx, 'customer.created', made);
  return made;
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

/** A customer after a change. @throws StripeError for a payment method of somebody else */
export function changedCustomer(tx: Transaction, customer: Stripe.Customer, input: Input): Stripe.Customer {
  const { balance, description, email, name, phone, invoice_settings: invoicing, shipping } = input;
  const { preferred_locales, tax_exempt } = input;
  const given = { balance, description, email, name, phone, preferred_locales, tax_exempt };
  const method = invoicing?.default_payment_method;
  if (typeof method === 'string' && tx.find('payment_method', method)?.customer !== customer.id) throw notOwned(method);
  return {
    ...customer,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(input.address !== undefined && { address: input.address && fullAddress(input.address) }),
    ...(shipping !== undefined && { shipping: shipping && { ...shipping, address: fullAddress(shipping.address) } }),
    ...(method !== undefined && { invoice_settings: { ...customer.invoice_settings, default_payment_method: method } }),
    metadata: mergeMetadata(customer.metadata, input.metadata),
  };
}

function notOwned(method: string): StripeError {
  return new StripeError(
    400,
    'invalid_request_error',
    `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
    { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
  );
}
