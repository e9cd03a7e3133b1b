import { freePort } from '@tutorgraph/kit/distributed/ports';
import { localStripeSettings } from '@tutorgraph/kit/distributed/stripe-settings';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { SingleProcessEnvironment } from './environment.js';

/** What the emulator runs on. */
export interface LocalStripeOptions {
  environment: SingleProcessEnvironment;
  /** Signs its webhooks, in a derived form: the same at every start, so that what was not delivered before is believed. */
  secretKey: string;
  logger: Logger;
  lifecycle: Lifecycle;
}

/** A Stripe in this process. */
export interface LocalStripe {
  /** Where it is, with its pages. */
  url: string;
  /** What the rooms are told. */
  settings: Record<string, string>;
  /** Sends webhooks to the gateway at this origin, once it listens. */
  callBack(origin: string): void;
}

/** Starts the Stripe emulator, with its state in the data folder. @returns undefined where a real Stripe is set */
export async function startLocalStripe(options: LocalStripeOptions): Promise<LocalStripe | undefined> {
  const { environment, logger, lifecycle } = options;
  if (environment.hasStripe) return undefined;
  const { createStripeEmulator } = await import('@tutorgraph/stripe-emulator/emulator');
  const secrets = localStripeSettings(options.secretKey);
  const emulator = createStripeEmulator({
    dataDir: environment.dataDir,
    secretKey: secrets.STRIPE_SECRET_KEY,
    logger: logger.child({ service: 'stripe' }),
  });
  lifecycle.own('Stripe emulator', () => emulator.close());
  const url = await emulator.listen({ port: await freePort(environment.stripePort) });
  return {
    url,
    settings: { ...secrets, STRIPE_API_URL: url },
    callBack: (origin) =>
      emulator.setWebhooks([{ url: `${origin}/webhooks/stripe`, secret: secrets.STRIPE_WEBHOOK_SECRET }]),
  };
}
