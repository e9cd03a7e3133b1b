import type Stripe from 'stripe';
import { z } from 'zod';
import { emit } from '../events/emit.js';
import { boolean, clearable, mergeMetadata, metadata, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';

const changeable = {
  active: boolean.optional(),
  description: clearable(text),
  images: z.array(text).max(8).optional(),
  metadata,
  statement_descriptor: text.max(22).optional(),
  tax_code: text.optional(),
  unit_label: text.optional(),
  url: text.optional(),
};
type Input = z.infer<z.ZodObject<typeof changeable>> & {
  name?: string | undefined;
  default_price?: string | undefined;
};

/** Products: what prices are for. */
export const products: Resource = {
  routes: [
    route(
      'POST /v1/products',
      { ...changeable, id: text.optional(), name: text.min(1) },
      ({ tx }, { id, ...input }) => {
        if (id !== undefined && tx.find('product', id)) {
          const message = `Product already exists.`;
          throw new StripeError(400, 'invalid_request_error', message, {
            code: 'resource_already_exists',
            param: 'id',
          });
        }
        return createProduct(tx, input, id);
      },
    ),
    route('GET /v1/products/:id', {}, ({ tx, path }) => tx.get('product', path['id'] ?? '')),
    route(
      'POST /v1/products/:id',
      { ...changeable, default_price: text.optional(), name: text.min(1).optional() },
      ({ tx, path }, input) => {
        const before = tx.get('product', path['id'] ?? '');
        if (input.default_price !== undefined) tx.get('price', input.default_price, 'default_price');
        const after = tx.put('product', { ...change(before, input), updated: tx.now });
        emit(tx, 'product.updated', after, before);
        return after;
      },
    ),
    route('DELETE /v1/products/:id', {}, ({ tx, path }) => {
      const product = tx.get('product', path['id'] ?? '');
      if (tx.all('price', (price) => price.product === product.id).length > 0) {
        const message = 'This product cannot be deleted because it has one or more user-created prices.';
        throw new StripeError(400, 'invalid_request_error', message);
      }
      tx.remove('product', product.id);
      emit(tx, 'product.deleted', product);
      return { id: product.id, object: 'product', deleted: true };
    }),
    route('GET /v1/products', { ...pageInTime, active: boolean.optional() }, (call, { active, ...input }) =>
      list(call, 'product', input, (product) => active === undefined || product.active === active),
    ),
  ],
};

/** Makes a product. */
export function createProduct(tx: Transaction, input: Input & { name: string }, id?: string): Stripe.Product {
  const empty: Stripe.Product = {
    id: id ?? newId('prod', 14),
    object: 'product',
    active: true,
    created: tx.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: input.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: tx.now,
    url: null,
  };
  const product = tx.put('product', change(empty, input));
  emit(tx, 'product.created', product);
  return product;
}

function change(product: Stripe.Product, { metadata: given, ...input }: Input): Stripe.Product {
  return {
    ...product,
    ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    metadata: mergeMetadata(product.metadata, given),
  };
}
