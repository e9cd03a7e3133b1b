import type { FastifyInstance } from 'fastify';
import { isLargerThan, tooLarge } from '../errors/too-large.js';
import { wholeEventStream } from '../http/event-stream.js';
import { ENDPOINT } from '../http/graphql-http.js';

const BAD_REQUEST = 400;

/** Answers of GraphQL over HTTP, batches too, that are larger are not sent; an error is. */
export function useResponseLimit(app: FastifyInstance, { responseBytes }: { responseBytes: number }): void {
  // No promise: every answer goes through here.
  app.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || request.routeOptions.url !== ENDPOINT) return done();
    if (!isLargerThan(payload, responseBytes)) return done();
    const type = String(reply.getHeader('content-type'));
    const refusal = tooLarge(responseBytes, request.id);
    if (type.startsWith('text/event-stream')) return done(null, wholeEventStream(refusal));
    if (type.startsWith('application/graphql-response+json')) reply.code(BAD_REQUEST);
    done(null, JSON.stringify(refusal));
  });
}
