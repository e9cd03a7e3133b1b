import { commonSettings, EnvironmentError, flag, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { mailSettings } from './channels/email/mail-settings.js';
import { pushSettings } from './channels/push/push-settings.js';
import { smsSettings } from './channels/sms/sms-settings.js';
import { telegramSettings } from './channels/telegram/telegram-settings.js';

/** Settings of this room. */
export const settings = {
  NODE_ENV: commonSettings.NODE_ENV,
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
  /** How many people may belong to a chat room. */
  CHAT_MEMBER_LIMIT: z.coerce.number().int().min(2).max(10_000).default(1_000),
  /** Are phone numbers, addresses and links hidden between two people until something is paid between them? */
  HIDE_CONTACTS_UNTIL_PAID: flag.default(true),
  // Channels.
  ...mailSettings,
  ...smsSettings,
  /** Where the app for people is, to which notifications lead. */
  APP_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ...pushSettings,
  ...telegramSettings,
} satisfies z.ZodRawShape;

/** @see settings */
export type MessagingEnvironment = ReturnType<typeof readMessagingEnvironment>;

/** Reads this room's settings. @throws EnvironmentError, in production also without mail */
export function readMessagingEnvironment(source: Record<string, string | undefined>) {
  const environment = readEnvironment(settings, source);
  if (environment.NODE_ENV === 'production' && !environment.SMTP_URL) {
    throw new EnvironmentError(
      'Set SMTP_URL and MAIL_FROM in production: without mail nobody can prove an address or reset a password',
    );
  }
  return environment;
}
