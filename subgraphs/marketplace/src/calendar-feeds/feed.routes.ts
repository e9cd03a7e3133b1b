import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import type { RateLimiter, RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { secondsToWait } from '@tutorgraph/kit/rate-limits/seconds-to-wait';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FeedService } from './feed.service.js';
import { FEEDS_PATH } from './feed-address.js';

/** Calendars ask every few minutes at most; many people of one network may. */
const READS: RateRule = { name: 'calendar-feed', points: 600, seconds: 600 };
const query = z.object({ lang: z.string().max(10).optional() });

type FeedRequest = FastifyRequest<{ Params: { token: string } }>;

/** Serves people's feeds to their calendars. */
export function registerFeeds(app: FastifyInstance, feeds: FeedService, limiter: RateLimiter): void {
  app.get(`${FEEDS_PATH}/:token.ics`, { logLevel: 'silent' }, async (request: FeedRequest, reply) => {
    const wait = await secondsToWait(() => limiter.consume(networkOf(request.ip), READS));
    if (wait !== undefined) {
      return reply.code(429).header('retry-after', wait).type('text/plain').send('Too many requests; try again later');
    }
    const { data } = query.safeParse(request.query);
    const feed = await feeds.read(request.params.token, data?.lang, new Date());
    reply.headers({ 'x-content-type-options': 'nosniff', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
    if (!feed) return reply.code(404).type('text/plain').send('There is no such calendar; copy its address anew');
    return send(request, reply, feed);
  });
}

function send(request: FeedRequest, reply: FastifyReply, { body, etag }: { body: string; etag: string }) {
  reply.headers({ etag, 'cache-control': 'private, max-age=300, must-revalidate' });
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return reply.code(304).send();
  return reply.type('text/calendar; charset=utf-8').send(body);
}
