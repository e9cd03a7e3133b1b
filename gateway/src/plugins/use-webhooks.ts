import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Replica } from '../transports/replica.js';
import { ReplicaSet } from '../transports/replica-set.js';

/** Who calls, where, here as in the room, and by which header a call is signed. */
export interface WebhookSource {
  name: string;
  path: string;
  signature: string;
}

/** Stripe tells payments what happened to money. */
export const STRIPE: WebhookSource = { name: 'Stripe', path: '/webhooks/stripe', signature: 'stripe-signature' };
/** Twilio tells messaging what became of text messages. */
export const TWILIO: WebhookSource = { name: 'Twilio', path: '/webhooks/twilio', signature: 'x-twilio-signature' };

/** Options of passing webhooks on. */
export interface WebhooksOptions {
  /** @default Stripe */
  source?: WebhookSource;
  /** Replicas of the room that takes them: any address of each, of which the origin counts. */
  urls: readonly string[];
  /** How long the room may take for one, in milliseconds. @default 20000 */
  answerTimeoutMs?: number;
}

const MOST_BYTES = 1024 * 1024;
const REPEAT_AFTER_SECONDS = 30;

/**
 * Passes webhooks of an outside service on to the room that takes them, byte for byte: their signature is of the bytes, and
 * only the room has the secret. Nobody signs in here, and no limit of viewers counts. When no replica answers it says 503,
 * whereupon Stripe delivers again. A webhook may be repeated: another replica gets one that the first did not answer.
 */
export function useWebhooks(
  app: FastifyInstance,
  { urls, source = STRIPE, answerTimeoutMs = 20_000 }: WebhooksOptions,
): void {
  const replicas = new ReplicaSet(urls, { connections: 32, connectTimeoutMs: 2_000, answerBytes: MOST_BYTES });
  app.addHook('onClose', () => replicas.close());
  app.register(async (webhooks) => {
    webhooks.removeAllContentTypeParsers();
    webhooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    const onRequest = refuseUnsigned(source);
    webhooks.post(source.path, { bodyLimit: MOST_BYTES, onRequest }, async (request, reply) => {
      for (const replica of replicas.inTurn()) {
        try {
          const answered = await passOn(replica, request, reply, { source, answerTimeoutMs });
          replica.recover();
          return answered;
        } catch (err) {
          replica.rest();
          request.log.warn(
            { err, replica: replica.url.origin, requestId: request.id },
            'A replica did not take a webhook',
          );
        }
      }
      return reply
        .code(503)
        .header('retry-after', REPEAT_AFTER_SECONDS)
        .send({ error: 'Nobody can take this now; deliver it again' });
    });
  });
}

/** What nobody has signed is refused before its body is taken in. */
function refuseUnsigned({ name, signature }: WebhookSource) {
  return async ({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (headers[signature] !== undefined) return undefined;
    return reply.code(400).send({ error: `Only ${name} calls here` });
  };
}

async function passOn(
  { pool, url }: Replica,
  { id, headers, body }: FastifyRequest,
  reply: FastifyReply,
  { source, answerTimeoutMs }: { source: WebhookSource; answerTimeoutMs: number },
): Promise<FastifyReply> {
  const answer = await pool.request({
    method: 'POST',
    origin: url.origin,
    path: source.path,
    headers: {
      'content-type': headers['content-type'] ?? 'application/json',
      [source.signature]: String(headers[source.signature]),
      'x-request-id': id,
    },
    body: Buffer.isBuffer(body) ? body : '',
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  const text = await answer.body.text();
  const { 'content-type': type = 'application/json', 'retry-after': retryAfter } = answer.headers;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply.code(answer.statusCode).type(String(type)).send(text);
}
