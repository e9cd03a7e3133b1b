import type Stripe from 'stripe';
import { z } from 'zod';
import { priceData, priceOf, productOf } from '../billing/prices.js';
import { fields, metadata, positiveInteger, text } from '../http/input.js';
import { StripeError } from '../protocol/stripe-error.js';
import { newId } from '../store/ids.js';
import type { Transaction } from '../store/transaction.js';

/** What is bought, as it is given. */
export const lineItemsInput = z
  .array(
    fields({
      metadata,
      price: text.optional(),
      price_data: priceData.optional(),
      quantity: positiveInteger.optional(),
    }),
  )
  .min(1)
  .max(100);

/** What is bought, with its prices looked up or made. @throws StripeError for prices that do not fit together */
export function lineItemsOf(
  tx: Transaction,
  given: z.infer<typeof lineItemsInput>,
  mode: 'payment' | 'subscription',
): Stripe.LineItem[] {
  const items = given.map((item, index) => {
    const price = priceOf(tx, item, `line_items[${index}]`);
    const amount = (price.unit_amount ?? 0) * (item.quantity ?? 1);
    return lineItem(price, item.quantity ?? 1, amount, productOf(tx, price)?.name ?? null);
  });
  if (new Set(items.map(({ currency }) => currency)).size > 1) {
    throw refusal('All prices on a Checkout Session must be of the same currency.');
  }
  const isRecurring = items.some(({ price }) => price?.recurring);
  if (mode === 'payment' && isRecurring) {
    throw refusal(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
    );
  }
  if (mode === 'subscription' && !isRecurring) {
    throw refusal('You must provide at least one recurring price in `subscription` mode when using prices.');
  }
  return items;
}

function lineItem(price: Stripe.Price, quantity: number, amount: number, name: string | null): Stripe.LineItem {
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: name,
    metadata: {},
    price,
    quantity,
  };
}

function refusal(message: string): StripeError {
  return new StripeError(400, 'invalid_request_error', message, { param: 'line_items' });
}
