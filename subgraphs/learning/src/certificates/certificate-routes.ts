import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import type { RateLimiter, RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { secondsToWait } from '@tutorgraph/kit/rate-limits/seconds-to-wait';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CertificateDocuments } from './certificate-documents.js';
import { CERTIFICATES_PATH } from './certificate-urls.js';

/** Somebody with codes to guess gets nowhere. */
const READS: RateRule = { name: 'certificates', points: 120, seconds: 60 };
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};
const UNKNOWN = 'No certificate of this school has this code, or it holds no longer';

interface ByCode {
  Params: { code: string };
}

/** Serves certificates to whoever has the code of one. Nothing else is asked: no cookie and no token counts here. */
export function registerCertificates(
  app: FastifyInstance,
  documents: CertificateDocuments,
  limiter: RateLimiter,
): void {
  app.register(
    async (routes) => {
      routes.addHook('onRequest', async (request, reply) => {
        reply.headers(HEADERS);
        const wait = await secondsToWait(() => limiter.consume(networkOf(request.ip), READS));
        if (wait !== undefined)
          return reply.code(429).header('retry-after', wait).type('text/plain').send('Try again later');
      });
      const quiet = { logLevel: 'silent' } as const;
      routes.get('/issuer', quiet, async (_request, reply) => linked(reply, documents.issuer()));
      routes.get('/keys', quiet, async (_request, reply) => reply.send(await documents.publicKeys()));
      routes.get('/revocations', quiet, async (_request, reply) => linked(reply, await documents.revocations()));
      routes.get<{ Params: { id: string } }>('/courses/:id', quiet, async ({ params }, reply) => {
        const found = await documents.achievement(params.id);
        return found ? linked(reply, found) : reply.code(404).type('text/plain').send('There is no such course');
      });
      routes.get<ByCode>('/:code/badge', quiet, async ({ params }, reply) => {
        const badge = await documents.badge(params.code);
        return badge ? reply.type('application/vc+jwt').send(badge) : unknown(reply);
      });
      routes.get<ByCode>('/:code.pdf', quiet, async ({ params }, reply) => {
        const pdf = await documents.pdf(params.code);
        if (!pdf) return unknown(reply);
        reply.header('content-disposition', `inline; filename="certificate-${encodeURIComponent(params.code)}.pdf"`);
        return reply.type('application/pdf').send(pdf);
      });
      routes.get<ByCode>('/:code', quiet, async (request, reply) => {
        const { html, isKnown } = await documents.page(request.params.code, languageOf(request));
        return reply
          .code(isKnown ? 200 : 404)
          .type('text/html; charset=utf-8')
          .send(html);
      });
    },
    { prefix: CERTIFICATES_PATH },
  );
}

function linked(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.type('application/ld+json').send(JSON.stringify(body));
}

function unknown(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain').send(UNKNOWN);
}

function languageOf({ headers }: FastifyRequest): string {
  return /^ru\b/i.test(headers['accept-language'] ?? '') ? 'ru' : 'en';
}
