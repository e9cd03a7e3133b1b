import { commonSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';

/** Settings of this room. */
export const settings = {
  NODE_ENV: commonSettings.NODE_ENV,
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
} satisfies z.ZodRawShape;

/** @see settings */
export type MessagingEnvironment = ReturnType<typeof readMessagingEnvironment>;

/** Reads this room's settings. @throws EnvironmentError */
export function readMessagingEnvironment(source: Record<string, string | undefined>) {
  return readEnvironment(settings, source);
}
