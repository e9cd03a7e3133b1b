import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { requestIdOf } from '../requests/request-id.js';

/** The option of Fastify that gives each request its id: the client's own when it is sane, else a new UUIDv7. */
export const requestIdOption = {
  genReqId: (request) => requestIdOf(request),
} satisfies FastifyServerOptions;

/** Tells the client its request's id in `x-request-id`, whatever the answer is. */
export function useRequestId(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}
