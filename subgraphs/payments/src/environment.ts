import { commonSettings, EnvironmentError, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';

const minor = z.coerce.number().int().min(1).max(1_000_000_000);
const hours = z.coerce.number().int().min(0).max(2_160);

/** Whoever has it pays nothing. */
const EMULATOR_KEY = 'sk_test_emulator';

/** Settings of this room. */
export const settings = {
  NODE_ENV: commonSettings.NODE_ENV,
  /** Origins of our web clients, to which Stripe's pages may return; with PUBLIC_URL's own. */
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((origins) => origins.split(',').flatMap((origin) => origin.trim() || [])),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
  STRIPE_SECRET_KEY: z.string().min(1, 'is needed; `npm start` runs a local Stripe without one'),
  /** Another address than Stripe's own: the emulator. */
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Secrets of the webhook endpoints, the platform's and that of connected accounts; also former ones while they change. */
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .min(1)
    .transform((secrets) => secrets.split(',').flatMap((secret) => secret.trim() || [])),
  DEFAULT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  CONNECT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  /** Tax that commission and premium contain, in percent. */
  TAX_PERCENT: z.coerce.number().min(0).max(50).default(0),
  /** How long after a lesson the tutor's share stays with the platform. */
  SHARE_HOLD_HOURS: hours.default(72),
  /** Withdrawals above so many minor units of the currency's main unit times 100 need staff. */
  WITHDRAWAL_LIMIT_MINOR: minor.default(50_000),
  PREMIUM_PRICE_MINOR: minor.default(1_900),
  PREMIUM_GRACE_DAYS: z.coerce.number().int().min(0).max(60).default(7),
} satisfies z.ZodRawShape;

/** @see settings */
export type PaymentsEnvironment = ReturnType<typeof readPaymentsEnvironment>;

/** Reads this room's settings. @throws EnvironmentError, in production also for anything else than the real Stripe */
export function readPaymentsEnvironment(source: Record<string, string | undefined>) {
  const environment = readEnvironment(settings, source);
  const { STRIPE_SECRET_KEY: key, STRIPE_API_URL: url } = environment;
  if (source['NODE_ENV'] === 'production' && (key === EMULATOR_KEY || url !== undefined)) {
    throw new EnvironmentError(
      'Set STRIPE_SECRET_KEY to a key of your Stripe account and leave STRIPE_API_URL empty: production takes no emulator',
    );
  }
  return environment;
}
