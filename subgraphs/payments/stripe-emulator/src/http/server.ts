import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import qs from 'qs';
import type { Engine } from '../engine.js';
import type { RequestFaults } from '../faults/request-faults.js';
import { StripeError } from '../protocol/stripe-error.js';
import { API_VERSION } from '../protocol/version.js';
import type { Resource, Route } from '../resources/resource.js';
import { newId } from '../store/ids.js';
import { authenticate } from './authentication.js';
import { Exchange } from './exchange.js';
import { errorReply, type Reply } from './reply.js';

/** What the server is made of. */
export interface ServerParts {
  engine: Engine;
  resources: readonly Resource[];
  secretKey: string;
  faults: RequestFaults;
  logger: Logger;
}

/** The HTTP side: every resource's routes, with what all of them have in common. */
export function createServer({ engine, resources, secretKey, faults, logger }: ServerParts): FastifyInstance {
  const app = fastify({
    // Fastify's own lines would tell each request; the emulator tells what went wrong.
    loggerInstance: logger.child({}, { level: 'error' }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 12 * 1024 * 1024,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => send(reply, errorReply(error)),
    routerOptions: { maxParamLength: 500, querystringParser: (text) => ({ ...qs.parse(text, FORM) }) },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  const exchange = new Exchange(engine, resources, faults);
  for (const resource of resources) {
    for (const route of resource.routes) {
      app.route({
        method: route.method,
        url: route.url,
        handler: (request, reply) => answer(route, request, reply),
      });
    }
    resource.register?.(app, engine);
  }
  app.setNotFoundHandler((request, reply) => send(reply, unknownUrl(request)));
  app.setErrorHandler((error, _request, reply) => {
    const answered = errorReply(error);
    if (answered.status === 500 && !(error instanceof StripeError)) logger.error({ err: error }, 'A request failed');
    send(reply, answered);
  });
  return app;

  async function answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = authenticate(request, secretKey, engine.store);
    const body = typeof request.body === 'string' ? request.body : '';
    const key = request.headers['idempotency-key'];
    const result = await exchange.run(route, {
      ...caller,
      url: request.url.split('?')[0] ?? '',
      path: request.params as Record<string, string>,
      form: route.method === 'GET' ? (request.query as object) : { ...(request.query as object), ...parseForm(body) },
      body,
      requestId: newId('req', 14),
      idempotencyKey: route.method !== 'GET' && typeof key === 'string' && key !== '' ? key : null,
    });
    if (result === 'HANG_UP') {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return send(reply, { ...result, headers: { ...result.headers, ...accountHeader(request) } });
  }
}

const FORM: qs.IParseOptions = { depth: 10, arrayLimit: 1_000, parameterLimit: 20_000, allowPrototypes: false };

function parseForm(body: string): object {
  // qs would leave objects without a prototype inside; they are read by their keys only.
  return qs.parse(body, FORM);
}

function send(reply: FastifyReply, { status, body, headers }: Reply): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'application/json', 'stripe-version': API_VERSION, ...headers })
    .send(body);
}

function accountHeader({ headers }: FastifyRequest): Record<string, string> {
  const account = headers['stripe-account'];
  return typeof account === 'string' ? { 'stripe-account': account } : {};
}

function unknownUrl({ method, url }: FastifyRequest): Reply {
  const [path = ''] = url.split('?');
  return errorReply(
    new StripeError(
      404,
      'invalid_request_error',
      `Unrecognized request URL (${method}: ${path}). The emulator does not know it; Stripe may.`,
    ),
  );
}
