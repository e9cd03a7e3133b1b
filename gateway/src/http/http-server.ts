import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { clientErrorOption } from '../plugins/use-client-errors.js';
import { requestIdOption } from '../plugins/use-request-id.js';
import type { TrustProxy } from '../requests/client-address.js';
import type { Limits } from '../settings.js';

/** What the HTTP server is made with. */
export interface HttpServerOptions {
  limits: Pick<Limits, 'bodyBytes' | 'headerBytes'>;
  logger: Logger;
  trustProxy: TrustProxy;
}

/** The gateway's HTTP server, without routes. */
export function createHttpServer({ limits, logger, trustProxy }: HttpServerOptions): FastifyInstance {
  return fastify({
    ...requestIdOption,
    ...clientErrorOption,
    http: { maxHeaderSize: limits.headerBytes },
    loggerInstance: logger,
    // A logger for each request would cost as much as its routing; who writes a line names the request.
    childLoggerFactory: (parent) => parent,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: limits.bodyBytes,
    trustProxy,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
}
