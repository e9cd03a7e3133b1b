import { EnvironmentError, type readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import type { TwilioOptions } from './twilio-sms-sender.js';

/** The path below our public origin where Twilio reports. */
export const TWILIO_PATH = '/webhooks/twilio';

/** Settings of text messages. */
export const smsSettings = {
  TWILIO_ACCOUNT_SID: z.string().startsWith('AC', 'must be the account’s SID, which begins with AC').optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().optional(),
  TWILIO_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
} satisfies z.ZodRawShape;

type SmsEnvironment = ReturnType<typeof readEnvironment<typeof smsSettings>>;

/** The account of the settings, if they name one. @throws EnvironmentError when a part of it is missing */
export function twilioAccount(environment: SmsEnvironment): TwilioOptions | undefined {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: from,
    TWILIO_BASE_URL: baseUrl,
  } = environment;
  if (!accountSid && !authToken && !from) return undefined;
  if (!accountSid || !authToken || !from) {
    throw new EnvironmentError('Set all of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM, or none');
  }
  return { accountSid, authToken, from, baseUrl };
}

/** Where Twilio reports what became of text messages; undefined when nobody said where it can reach us. */
export function statusCallback({ PUBLIC_URL: origin }: Pick<SmsEnvironment, 'PUBLIC_URL'>): string | undefined {
  return origin && `${origin.replace(/\/+$/, '')}${TWILIO_PATH}`;
}
