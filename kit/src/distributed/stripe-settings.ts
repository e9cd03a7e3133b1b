import { createHmac } from 'node:crypto';

/**
 * What the Stripe emulator and whoever uses it share. The secret of webhooks is derived from SECRET_KEY: it is the same at
 * every start, so that what was not delivered before is believed.
 */
export function localStripeSettings(secretKey: string) {
  const secret = createHmac('sha256', secretKey).update('webhooks of the local Stripe').digest('base64url');
  return { STRIPE_SECRET_KEY: 'sk_test_emulator', STRIPE_WEBHOOK_SECRET: `whsec_${secret}` };
}
