import { createHash } from 'node:crypto';
import { AddressNotPublicError, refuseLiteralAddress } from '@tutorgraph/kit/outside/public-address';
import { z } from 'zod';
import { text } from '../input.rules.js';

/** Where an app runs that takes pushes. */
export const devicePlatforms = ['ANDROID', 'IOS', 'WEB'] as const;
/** ANDROID and IOS by Firebase, WEB by the browser's own service (Web Push). */
export type DevicePlatform = (typeof devicePlatforms)[number];

/** So many devices somebody has; beyond them the one goes that was not seen for longest. */
export const MOST_DEVICES = 20;
/** So many topics one device listens to. */
export const MOST_TOPICS = 50;
/** A device that its app has not registered again for so long is not in use: Firebase forgets it then, too. */
export const DEVICE_LIFE_MS = 270 * 24 * 60 * 60 * 1000;

const bytes = (count: number) =>
  z
    .string()
    .max(200)
    .transform((written) => Buffer.from(written.replace(/=+$/, ''), 'base64url'))
    .refine((key) => key.length === count)
    .transform((key) => key.toString('base64url'));
const firebase = z.strictObject({
  platform: z.enum(['ANDROID', 'IOS']),
  token: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
  keys: z.null().optional(),
});

/** What somebody may register. @param allowedHosts push services on our own network, each with its port */
export function registration(allowedHosts: readonly string[]) {
  const browser = z.strictObject({
    platform: z.literal('WEB'),
    token: z
      .string()
      .max(2000)
      .refine((address) => isPushService(address, allowedHosts)),
    keys: z.strictObject({ p256dh: bytes(65), auth: bytes(16) }),
  });
  return z.discriminatedUnion('platform', [firebase, browser]);
}

/** A topic: lower case letters, digits and dashes. */
export const topic = text(1, 50).regex(/^[a-z0-9][a-z0-9-]*$/);

/** What is found instead of the token, which may be too long for an index. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** May we be told to call there? The address comes from the client: only https: on the public internet, or a host of ours. */
function isPushService(address: string, allowedHosts: readonly string[]): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.username || url.password) return false;
  if (allowedHosts.includes(url.host)) return true;
  if (url.protocol !== 'https:') return false;
  try {
    refuseLiteralAddress(url.hostname);
    return url.hostname.includes('.');
  } catch (error) {
    if (error instanceof AddressNotPublicError) return false;
    throw error;
  }
}
