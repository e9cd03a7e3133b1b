import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FEEDS_PATH } from '../calendar-feeds/feed-address.js';
import { openJourney, sealTicket } from './google-consent.js';

/** Where Google sends people back to, below the origin of whoever serves the room. */
export const CALLBACK_PATH = `${FEEDS_PATH}/google/callback`;

/** What the way back needs. */
export interface WayBack {
  secret: string;
  /** The page of the front end where people arrive; without it they are shown their ticket. */
  returnUrl: string | undefined;
}

const query = z.object({
  state: z.string().max(2_000),
  code: z.string().max(2_000).optional(),
  error: z.string().max(200).optional(),
});
const STRANGE = 'This link is not valid, or too old. Go back and connect your calendar again.\n';

/**
 * Receives people whom Google sends back, and passes them on to the front end with a ticket. Who they are is not known
 * here: the ticket is good only for the signed-in person who set out. Nothing is asked and nothing kept.
 */
export function registerGoogleCallback(app: FastifyInstance, { secret, returnUrl }: WayBack): void {
  // The address holds a code: it is not logged, and pages that follow do not learn it.
  app.get(CALLBACK_PATH, { logLevel: 'silent' }, (request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    });
    const { data } = query.safeParse(request.query);
    const journey = data && openJourney(data.state, secret, new Date());
    if (!journey) return reply.code(400).type('text/plain').send(STRANGE);
    const result: Record<string, string> = data.code
      ? { ticket: sealTicket({ ...journey, code: data.code }, secret) }
      : { error: data.error === 'access_denied' ? 'CONSENT_DENIED' : 'CONSENT_FAILED' };
    if (returnUrl) return reply.redirect(withQuery(returnUrl, result), 302);
    return reply.type('application/json').send(result);
  });
}

function withQuery(address: string, values: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}
