import { commonSettings, EnvironmentError, port, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';

const { NODE_ENV, HOST, DATA_DIR, LOG_LEVEL } = commonSettings;

/** Settings of an emulator that is a process of its own. */
const settings = {
  NODE_ENV,
  HOST,
  DATA_DIR,
  LOG_LEVEL,
  STRIPE_EMULATOR_PORT: port.default(12_111),
  /** Where browsers reach its pages, when not where it listens. */
  STRIPE_EMULATOR_URL: z.url({ protocol: /^https?$/ }).optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .startsWith('sk_test_', 'must begin with sk_test_: the emulator takes no real key')
    .default('sk_test_emulator'),
  /** Where events go to. */
  STRIPE_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** What events are signed with; of several, as they are while a secret is exchanged, the first. */
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .startsWith('whsec_', 'must begin with whsec_')
    .transform((secrets) => secrets.split(',')[0] ?? '')
    .optional(),
} satisfies z.ZodRawShape;

/** Reads what the emulator is told. @throws EnvironmentError, in production always: nobody pays real money here */
export function readEmulatorEnvironment(source: Record<string, string | undefined>) {
  const environment = readEnvironment(settings, source);
  if (environment.NODE_ENV === 'production') {
    throw new EnvironmentError('The Stripe emulator takes no real money and does not start in production');
  }
  const { STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret } = environment;
  if (url !== undefined && secret === undefined) {
    throw new EnvironmentError('STRIPE_WEBHOOK_URL needs STRIPE_WEBHOOK_SECRET, which events are signed with');
  }
  return { ...environment, webhooks: url !== undefined && secret !== undefined ? [{ url, secret }] : undefined };
}
