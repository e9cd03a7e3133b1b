import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import type { RateLimiter, RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { secondsToWait } from '@tutorgraph/kit/rate-limits/seconds-to-wait';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { INVITATIONS_PATH } from './invitation-address.js';
import type { Invitations } from './invitations.js';

const READS: RateRule = { name: 'interview-invitation', points: 120, seconds: 600 };
const query = z.object({ lang: z.string().max(10).optional() });

type InvitationRequest = FastifyRequest<{ Params: { token: string } }>;

/** Serves invitations of interviews to people's calendars. */
export function registerInvitations(app: FastifyInstance, invitations: Invitations, limiter: RateLimiter): void {
  app.get(`${INVITATIONS_PATH}/:token.ics`, { logLevel: 'silent' }, async (request: InvitationRequest, reply) => {
    const wait = await secondsToWait(() => limiter.consume(networkOf(request.ip), READS));
    if (wait !== undefined) {
      return reply.code(429).header('retry-after', wait).type('text/plain').send('Too many requests; try again later');
    }
    const { data } = query.safeParse(request.query);
    const body = await invitations.read(request.params.token, data?.lang);
    reply.headers({
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    });
    if (!body) return reply.code(404).type('text/plain').send('There is no such invitation; copy its address anew');
    const method = /^METHOD:(\w+)/m.exec(body)?.[1] ?? 'REQUEST';
    return reply
      .type(`text/calendar; charset=utf-8; method=${method}`)
      .header('content-disposition', 'attachment; filename="interview.ics"')
      .send(body);
  });
}
