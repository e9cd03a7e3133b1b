import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The service that uses Stripe. */
export const STRIPE_CLIENT = 'payments';

type Settings = Record<string, string | undefined>;

/** A Stripe to start on this machine, beside the services. */
export interface LocalStripe {
  /** The file that Node runs. */
  entry: string;
  /** What it is told. */
  own: Settings;
  /** What the service that uses it is told. */
  client: Settings;
}

/**
 * The Stripe emulator as a process of its own; undefined where a real Stripe is set, in production, which takes no other,
 * and where none has been built.
 *
 * @param place the port it gets, and where its webhooks go
 */
export function localStripe(
  folder: string,
  settings: Settings,
  { port, webhookOrigin }: { port: number; webhookOrigin: string },
): LocalStripe | undefined {
  const entry = join(folder, 'subgraphs', STRIPE_CLIENT, 'stripe-emulator/dist/main.js');
  if (settings['STRIPE_SECRET_KEY'] || settings['NODE_ENV'] === 'production' || !existsSync(entry)) return undefined;
  const shared = {
    STRIPE_SECRET_KEY: 'sk_test_emulator',
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64url')}`,
  };
  return {
    entry,
    own: {
      ...settings,
      ...shared,
      STRIPE_EMULATOR_PORT: String(port),
      STRIPE_WEBHOOK_URL: `${webhookOrigin}/webhooks/stripe`,
    },
    client: { ...shared, STRIPE_API_URL: `http://127.0.0.1:${port}` },
  };
}
