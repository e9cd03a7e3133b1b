import type Stripe from 'stripe';
import { reached } from '../stripe/reached.js';

/** What a connected account can pay out at once, as Stripe knows it: payments need some days to settle. */
export async function settledAt(stripe: Stripe, stripeAccount: string, currency: string): Promise<number> {
  const { available } = await reached(() => stripe.balance.retrieve({}, { stripeAccount }));
  return available.find((one) => one.currency === currency.toLowerCase())?.amount ?? 0;
}
