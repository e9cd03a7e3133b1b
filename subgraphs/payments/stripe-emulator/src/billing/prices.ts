import type Stripe from 'stripe';
import { z } from 'zod';
import { emit } from '../events/emit.js';
import { boolean, clearable, currency, fields, integer, mergeMetadata, metadata, oneOf, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';
import { createProduct } from './products.js';

const recurring = fields({
  interval: oneOf(['day', 'week', 'month', 'year']),
  interval_count: integer
    .refine((count) => count >= 1 && count <= 1_095, { error: 'Invalid interval count' })
    .optional(),
  usage_type: oneOf(['licensed']).optional(),
});
const amount = integer.refine((value) => value >= 0, { error: 'This value must be greater than or equal to 0.' });
const taxBehavior = oneOf(['exclusive', 'inclusive', 'unspecified']).optional();
const productData = fields({
  name: text.min(1),
  description: text.optional(),
  images: z.array(text).max(8).optional(),
  metadata,
  statement_descriptor: text.max(22).optional(),
  tax_code: text.optional(),
  unit_label: text.optional(),
});

/** A price that is given where it is used, with its product or the product's name. */
export const priceData = fields({
  currency,
  product: text.optional(),
  product_data: productData.optional(),
  recurring: recurring.optional(),
  tax_behavior: taxBehavior,
  unit_amount: amount,
});
type PriceData = z.infer<typeof priceData>;

const changeable = {
  active: boolean.optional(),
  lookup_key: clearable(text.max(200)),
  metadata,
  nickname: clearable(text),
  tax_behavior: taxBehavior,
};

/** Prices: so much for a product, once or again and again. */
export const prices: Resource = {
  routes: [
    route(
      'POST /v1/prices',
      {
        ...changeable,
        billing_scheme: oneOf(['per_unit']).optional(),
        currency,
        product: text.optional(),
        product_data: productData.optional(),
        recurring: recurring.optional(),
        transfer_lookup_key: boolean.optional(),
        unit_amount: amount,
      },
      ({ tx }, { billing_scheme: _, transfer_lookup_key: transfers = false, ...input }) => {
        if (input.lookup_key) freeLookupKey(tx, input.lookup_key, transfers);
        const { active = true, lookup_key = null, nickname = null } = input;
        return createPrice(tx, input, { active, lookup_key, nickname, metadata: mergeMetadata({}, input.metadata) });
      },
    ),
    route('GET /v1/prices/:id', {}, ({ tx, path }) => tx.get('price', path['id'] ?? '')),
    route('POST /v1/prices/:id', { ...changeable, transfer_lookup_key: boolean.optional() }, ({ tx, path }, input) => {
      const before = tx.get('price', path['id'] ?? '');
      const { metadata: given, transfer_lookup_key: transfers = false, ...plain } = input;
      if (input.lookup_key && input.lookup_key !== before.lookup_key) freeLookupKey(tx, input.lookup_key, transfers);
      const after = tx.put('price', {
        ...before,
        ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
        metadata: mergeMetadata(before.metadata, given),
      });
      emit(tx, 'price.updated', after, before);
      return after;
    }),
    route(
      'GET /v1/prices',
      {
        ...pageInTime,
        active: boolean.optional(),
        currency: currency.optional(),
        lookup_keys: z.array(text).max(10).optional(),
        product: text.optional(),
        type: oneOf(['one_time', 'recurring']).optional(),
      },
      (call, { active, currency: its, lookup_keys: keys, product, type, ...input }) =>
        list(
          call,
          'price',
          input,
          (price) =>
            (active === undefined || price.active === active) &&
            (its === undefined || price.currency === its) &&
            (keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key))) &&
            (product === undefined || price.product === product) &&
            (type === undefined || price.type === type),
        ),
    ),
  ],
};

/** The price that an item names or describes. @param param where the item stands, such as `line_items[0]` */
export function priceOf(
  tx: Transaction,
  { price, price_data: data }: { price?: string | undefined; price_data?: PriceData | undefined },
  param: string,
): Stripe.Price {
  if (data && price === undefined) return createPrice(tx, data, { active: false });
  if (price === undefined || data) {
    const message = `You must specify either \`price\` or \`price_data\` for ${param}, and not both.`;
    throw new StripeError(400, 'invalid_request_error', message, { param });
  }
  const found = tx.get('price', price, `${param}[price]`);
  if (found.active) return found;
  const message = 'The price specified is inactive. This field only accepts active prices.';
  throw new StripeError(400, 'invalid_request_error', message, { param: `${param}[price]` });
}

/** An amount as Stripe gives it for those who count in fractions of a minor unit. */
export function decimalOf(amountMinor: number): NonNullable<Stripe.Price['unit_amount_decimal']> {
  // It travels as text, and becomes this type in the SDK.
  return String(amountMinor) as unknown as NonNullable<Stripe.Price['unit_amount_decimal']>;
}

/** The name of a price's product. */
export function productOf(tx: Transaction, { product }: Stripe.Price): Stripe.Product | undefined {
  return typeof product === 'string' ? tx.find('product', product) : undefined;
}

function createPrice(tx: Transaction, data: PriceData, given: Partial<Stripe.Price>): Stripe.Price {
  const { product, product_data: productInput, recurring: again } = data;
  if ((product === undefined) === (productInput === undefined)) {
    const message = 'You must specify either `product` or `product_data` when creating a price, and not both.';
    throw new StripeError(400, 'invalid_request_error', message, { param: 'product' });
  }
  const productId = productInput ? createProduct(tx, productInput).id : tx.get('product', product ?? '', 'product').id;
  const price = tx.put('price', {
    id: newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: tx.now,
    currency: data.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: productId,
    recurring: again
      ? {
          interval: again.interval,
          interval_count: again.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: again ? 'recurring' : 'one_time',
    unit_amount: data.unit_amount,
    unit_amount_decimal: decimalOf(data.unit_amount),
    ...given,
  });
  emit(tx, 'price.created', price);
  return price;
}

/** A key names one price at a time. */
function freeLookupKey(tx: Transaction, key: string, transfers: boolean): void {
  for (const other of tx.all('price', ({ lookup_key }) => lookup_key === key)) {
    if (!transfers) {
      const message = `A price (\`${other.id}\`) already uses that lookup key.`;
      throw new StripeError(400, 'invalid_request_error', message, { param: 'lookup_key' });
    }
    tx.put('price', { ...other, lookup_key: null });
  }
}
