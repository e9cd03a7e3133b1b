import { readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';

/** Settings of this room. */
export const settings = {
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48'),
} satisfies z.ZodRawShape;

/** Reads this room's settings. @throws EnvironmentError */
export function readAccountsEnvironment(source: Record<string, string | undefined>) {
  return readEnvironment(settings, source);
}
