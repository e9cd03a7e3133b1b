import { EnvironmentError, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { TELEGRAM_PUBLIC_KEY, type TelegramBot } from './telegram/init-data.rules.js';

/** Settings of this room. */
export const settings = {
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'must be a token from @BotFather, such as 123456789:AA…')
    .optional(),
  TELEGRAM_BOT_ID: z
    .string()
    .regex(/^\d+$/, "must be the bot's number, the part of its token before the colon")
    .optional(),
  TELEGRAM_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be an Ed25519 key of 64 hexadecimal digits')
    .default(TELEGRAM_PUBLIC_KEY),
} satisfies z.ZodRawShape;

/** Reads this room's settings. @throws EnvironmentError */
export function readAccountsEnvironment(source: Record<string, string | undefined>) {
  return readEnvironment(settings, source);
}

/**
 * The bot in whose Mini App people sign in; undefined when neither its token nor its number is set.
 *
 * @throws EnvironmentError when the two are of different bots
 */
export function telegramBot(environment: ReturnType<typeof readAccountsEnvironment>): TelegramBot | undefined {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_BOT_ID: id, TELEGRAM_PUBLIC_KEY: publicKey } = environment;
  if (token && id && !token.startsWith(`${id}:`)) {
    throw new EnvironmentError(
      'TELEGRAM_BOT_ID must be the part of TELEGRAM_BOT_TOKEN before the colon; correct either',
    );
  }
  return token || id ? { token, id, publicKey } : undefined;
}
