import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type SealKey, seal, unseal } from '@tutorgraph/kit/secrets/seal';
import { z } from 'zod';

/** Somebody on the way to Google and back. */
export interface ConsentJourney {
  /** Who set out; only they can arrive. */
  userId: string;
  /** One of each journey. */
  nonce: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Somebody who is back, with the code that Google gave. */
export interface ConsentTicket extends ConsentJourney {
  code: string;
}

/** One may take so long. */
const JOURNEY_MS = 10 * 60 * 1000;
const journey = z.object({ userId: z.uuid(), nonce: z.string(), expiresAt: z.number() });
const ticket = journey.extend({ code: z.string() });

/** Somebody sets out. */
export function newJourney(userId: string, now: Date): ConsentJourney {
  return { userId, nonce: randomBytes(16).toString('base64url'), expiresAt: now.getTime() + JOURNEY_MS };
}

/** What travels with somebody as OAuth's `state`; only we can write and read it. */
export function sealJourney(value: ConsentJourney, secret: string): string {
  return sealed(value, { secret, purpose: 'Google consent states' });
}

/** Whose `state` it is; undefined for one that we did not write, or that is too old. */
export function openJourney(text: string, secret: string, now: Date): ConsentJourney | undefined {
  return opened(journey, text, { secret, purpose: 'Google consent states' }, now);
}

/** What somebody brings back to the API. */
export function sealTicket(value: ConsentTicket, secret: string): string {
  return sealed(value, { secret, purpose: 'Google consent tickets' });
}

/** Whose ticket it is; undefined for one that we did not write, or that is too old. */
export function openTicket(text: string, secret: string, now: Date): ConsentTicket | undefined {
  return opened(ticket, text, { secret, purpose: 'Google consent tickets' }, now);
}

/** By which Google knows that whoever brings the code is who asked for it (RFC 7636). */
export function verifierOf({ nonce }: ConsentJourney, secret: string): { verifier: string; challenge: string } {
  const verifier = createHmac('sha256', secret).update(`google verifier ${nonce}`).digest('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

function sealed(value: object, key: SealKey): string {
  return Buffer.from(seal(JSON.stringify(value), key), 'base64').toString('base64url');
}

function opened<Value extends ConsentJourney>(
  schema: z.ZodType<Value>,
  text: string,
  key: SealKey,
  now: Date,
): Value | undefined {
  try {
    const value = schema.parse(JSON.parse(unseal(text, key)));
    return value.expiresAt > now.getTime() ? value : undefined;
  } catch {
    return undefined;
  }
}
