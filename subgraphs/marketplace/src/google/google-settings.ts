import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { GoogleClient } from './google-client.js';
import type { GoogleOAuth } from './google-oauth.js';

/** A private key in PEM, in one line with \n or in several. */
const privateKey = z.string().transform((text, context) => {
  const pem = text.replaceAll('\\n', '\n');
  try {
    createPrivateKey(pem);
    return pem;
  } catch {
    context.addIssue('must be the private_key of the service account’s JSON file, in PEM; \\n for line ends is fine');
    return z.NEVER;
  }
});

/**
 * Settings of the service account by which this room uses Google Calendar, of the OAuth client by which people let it use
 * their own, and of where Google is.
 */
export const googleSettings = {
  GOOGLE_SERVICE_ACCOUNT_EMAIL: z.email('must be the client_email of the service account’s JSON file').optional(),
  GOOGLE_SERVICE_ACCOUNT_KEY: privateKey.optional(),
  GOOGLE_CALENDAR_USER: z.email('must be the address of a user of the Workspace').optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GOOGLE_RETURN_URL: z.url().optional(),
  GOOGLE_CALENDAR_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  GOOGLE_TOKEN_URL: z.url({ protocol: /^https?$/ }).optional(),
} satisfies z.ZodRawShape;

/** Those settings as they were read. */
export type GoogleSettings = z.infer<z.ZodObject<typeof googleSettings>>;

/** Opens a client at its first use. */
export type OpenGoogle = () => Promise<GoogleClient>;

/**
 * The calendar in which this room puts rooms and interviews; undefined when there is no service account. Google's libraries
 * are loaded at the first use: they are large, and most who start this have no account.
 */
export function serviceCalendar(settings: GoogleSettings): OpenGoogle | undefined {
  const {
    GOOGLE_SERVICE_ACCOUNT_EMAIL: email,
    GOOGLE_SERVICE_ACCOUNT_KEY: key,
    GOOGLE_CALENDAR_USER: subject,
  } = settings;
  if (!email || !key || !subject) return undefined;
  let opening: Promise<GoogleClient> | undefined;
  const open = async (): Promise<GoogleClient> => {
    const { GoogleClient, serviceAccountAuth } = await import('./google-client.js');
    const addresses = { calendarUrl: settings.GOOGLE_CALENDAR_BASE_URL, tokenUrl: settings.GOOGLE_TOKEN_URL };
    return new GoogleClient(serviceAccountAuth({ email, privateKey: key, subject }, addresses), addresses);
  };
  return () => {
    opening ??= open();
    return opening;
  };
}

/** Opens the OAuth client at its first use. */
export type OpenGoogleOAuth = () => Promise<GoogleOAuth>;

/**
 * The OAuth client by which people let this room use their own calendars; undefined when none is configured.
 *
 * @param redirectUri where Google sends people back to
 */
export function googleOAuth(settings: GoogleSettings, redirectUri: () => string): OpenGoogleOAuth | undefined {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = settings;
  if (!clientId || !clientSecret) return undefined;
  const addresses = { calendarUrl: settings.GOOGLE_CALENDAR_BASE_URL, tokenUrl: settings.GOOGLE_TOKEN_URL };
  return async () => {
    const { GoogleOAuth } = await import('./google-oauth.js');
    return new GoogleOAuth({ clientId, clientSecret, redirectUri: redirectUri() }, addresses);
  };
}
