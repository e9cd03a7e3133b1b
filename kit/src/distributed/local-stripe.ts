import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { localStripeSettings } from './stripe-settings.js';

/** The service that uses Stripe. */
export const STRIPE_CLIENT = 'payments';

type Settings = Record<string, string | undefined>;

/** A Stripe to start on this machine, beside the services. */
export interface LocalStripe {
  /** What it is told. */
  own: Settings;
  /** What the service that uses it is told. */
  client: Settings;
}

/** The file that runs it. */
export function stripeEntry(folder: string): string {
  return join(folder, 'subgraphs', STRIPE_CLIENT, 'stripe-emulator/dist/main.js');
}

/** Where it runs and what for. */
interface LocalStripeOptions {
  /** The project's folder, built. */
  folder: string;
  secretKey: string;
  /** Settings of all services. */
  settings: Settings;
  port: number;
  /** Where its webhooks go. */
  webhookOrigin: string;
}

/**
 * The Stripe emulator as a process of its own; undefined where a real Stripe is set, in production, which takes no other,
 * and where none has been built.
 */
export function localStripe(options: LocalStripeOptions): LocalStripe | undefined {
  const { folder, settings, port } = options;
  if (settings['STRIPE_SECRET_KEY'] || settings['NODE_ENV'] === 'production' || !existsSync(stripeEntry(folder)))
    return undefined;
  const shared = localStripeSettings(options.secretKey);
  return {
    own: {
      ...settings,
      ...shared,
      STRIPE_EMULATOR_PORT: String(port),
      STRIPE_WEBHOOK_URL: `${options.webhookOrigin}/webhooks/stripe`,
    },
    client: { ...shared, STRIPE_API_URL: `http://127.0.0.1:${port}` },
  };
}
