import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PaymentsCore } from '../core.js';
import { codeOf } from './stripe-client.js';
import type { EventOutcome } from './stripe-sync.js';
import { Turns } from './turns.js';
import { verifiedEvent } from './webhook-signature.js';

/** Where Stripe delivers events, of the platform and of connected accounts. */
export const WEBHOOK_PATH = '/webhooks/stripe';

const MOST_BYTES = 1024 * 1024;
/** Few, for each takes a database connection, and people's requests need them too. */
const LIMITS = { atWork: 4, waiting: 400 };
const NO_BODY = Buffer.alloc(0);

type WebhookRequest = FastifyRequest<{ Body: Buffer | undefined }>;

/**
 * Takes Stripe's webhooks: 200 when the event has had its effect, now or before; 400 when it is not signed by one of our
 * endpoints' secrets; 500 or 503 when it could not be done, so that Stripe delivers it again.
 */
export function registerWebhook(
  app: FastifyInstance,
  core: Pick<PaymentsCore, 'environment' | 'stripe' | 'sync' | 'tools'>,
): void {
  const { stripe, sync, environment, tools } = core;
  const logger = tools.logger.child({ route: WEBHOOK_PATH });
  const turns = new Turns(LIMITS);

  async function receive(request: WebhookRequest, reply: FastifyReply) {
    const signature = request.headers['stripe-signature'];
    const event =
      typeof signature === 'string' &&
      verifiedEvent(stripe, request.body ?? NO_BODY, signature, environment.STRIPE_WEBHOOK_SECRET);
    if (!event)
      return reply.code(400).send({ error: 'This is not signed with the secret of a webhook endpoint of ours' });
    let outcome: EventOutcome | undefined;
    try {
      outcome = await turns.take(() => sync.receive(event));
    } catch (err) {
      logger.error(
        { code: codeOf(err), eventId: event.id, type: event.type },
        'An event of Stripe had no effect; Stripe repeats it',
      );
      return reply.code(500).send({ error: 'This could not be done now; deliver it again' });
    }
    if (!outcome)
      return reply.code(503).header('retry-after', 60).send({ error: 'Too many at once; deliver it again' });
    return reply.code(200).send({ received: true });
  }

  app.register(async (webhooks) => {
    // The signature is of the bytes: whatever they say they are, nothing parses them before.
    webhooks.removeAllContentTypeParsers();
    webhooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    webhooks.post(
      WEBHOOK_PATH,
      {
        bodyLimit: MOST_BYTES,
        logLevel: 'silent',
        // What has no signature at all is refused before its body is taken in.
        onRequest: async (request, reply) => {
          if (!request.headers['stripe-signature']) return reply.code(400).send({ error: 'Only Stripe calls here' });
        },
      },
      receive,
    );
  });
}
