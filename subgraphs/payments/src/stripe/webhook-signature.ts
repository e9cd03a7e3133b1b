import Stripe from 'stripe';
import type { ArrivedEvent } from './stripe-sync.js';

/**
 * Reads a webhook whose signature one of our endpoints' secrets explains.
 *
 * @param body as it arrived, byte by byte; nothing of it is read before the signature is found good
 * @returns undefined when no secret does, when it is older than five minutes, or when it is no event
 */
export function verifiedEvent(
  stripe: Stripe,
  body: Buffer,
  signature: string,
  secrets: readonly string[],
): ArrivedEvent | undefined {
  for (const secret of secrets) {
    try {
      return arrived(stripe.webhooks.constructEvent(body, signature, secret));
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return undefined;
    }
  }
  return undefined;
}

/** What matters of an event. */
export function arrived({ id, type, account, created, data }: Stripe.Event): ArrivedEvent {
  const { object } = data;
  return {
    ...{ id, type, account },
    createdAt: new Date(created * 1_000),
    // A balance has no id: nothing here follows such objects.
    object: { kind: object.object, id: 'id' in object && object.id ? object.id : '' },
  };
}
