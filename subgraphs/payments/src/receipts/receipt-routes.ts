import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import type { RateLimiter, RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { secondsToWait } from '@tutorgraph/kit/rate-limits/seconds-to-wait';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ReceiptService } from './receipt.service.js';
import { RECEIPTS_PATH, receiptLocales } from './receipt-urls.js';

/** Each is made anew, which takes a while. */
const READS: RateRule = { name: 'receipts', points: 120, seconds: 600 };

const params = z.object({ paymentId: z.uuid() });
const query = z.object({
  lang: z.enum(receiptLocales),
  expires: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
  signature: z.string().max(100),
});

/** Serves receipts to whoever has the signed address of one. Nothing else is asked: no cookie and no token counts here. */
export function registerReceipts(app: FastifyInstance, receipts: ReceiptService, limiter: RateLimiter): void {
  app.get(`${RECEIPTS_PATH}/:paymentId`, { logLevel: 'silent' }, async (request: FastifyRequest, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    const wait = await secondsToWait(() => limiter.consume(networkOf(request.ip), READS));
    if (wait !== undefined)
      return reply.code(429).header('retry-after', wait).type('text/plain').send('Try again later');
    const [path, asked] = [params.safeParse(request.params), query.safeParse(request.query)];
    const pdf =
      path.success && asked.success
        ? await receipts.read(
            { paymentId: path.data.paymentId, locale: asked.data.lang, expires: asked.data.expires },
            asked.data.signature,
            new Date(),
          )
        : null;
    if (!pdf)
      return reply.code(403).type('text/plain').send('This address is wrong or too old; ask for the receipt anew');
    return reply
      .type('application/pdf')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', `inline; filename="receipt-${path.data?.paymentId}.pdf"`)
      .send(pdf);
  });
}
