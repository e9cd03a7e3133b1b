import { readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { googleSettings } from './google/google-settings.js';
import { meetingSettings } from './meetings/meeting-providers.js';

/** Settings of this room. */
export const settings = {
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
  CALENDAR_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((hosts) => hosts.split(',').flatMap((host) => host.trim() || [])),
  ...googleSettings,
  ...meetingSettings,
  CREDENTIAL_CHECKER_URL: z.url({ protocol: /^https?$/ }).optional(),
  CREDENTIAL_CHECKER_TOKEN: z.string().optional(),
} satisfies z.ZodRawShape;

/** Reads this room's settings. @throws EnvironmentError */
export function readMarketplaceEnvironment(source: Record<string, string | undefined>) {
  return readEnvironment(settings, source);
}
