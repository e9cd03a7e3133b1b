import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { inRequestScope } from '@tutorgraph/kit/telemetry/request-scope';
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type ValidationRule } from 'graphql';
import type { GraphExecutor } from '../execution/graph-executor.js';
import { createGatewayContext, type GatewayContext } from '../requests/gateway-context.js';
import type { GatewaySettings } from '../settings.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { useRetryAfter } from './use-retry-after.js';

/** Where GraphQL is served, over HTTP and WebSocket. */
export const ENDPOINT = '/graphql';

/** What runs queries and mutations. */
export interface GraphQLServerOptions {
  supergraph: Supergraph;
  executor: GraphExecutor;
  settings: GatewaySettings;
  /** Rules beside GraphQL's own. */
  rules: readonly ValidationRule[];
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  logger: Logger;
}

/** Apollo Server over the supergraph, started. It runs what comes over HTTP, and queries and mutations of WebSockets. */
export async function createGraphQLServer(options: GraphQLServerOptions): Promise<ApolloServer<GatewayContext>> {
  const { supergraph, executor, settings, rules, formatError, logger } = options;
  const server = new ApolloServer<GatewayContext>({
    gateway: gatewayOf(supergraph, executor),
    introspection: settings.introspection,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: settings.limits.batch > 1,
    parseOptions: { maxTokens: settings.limits.tokens },
    validationRules: [...rules],
    csrfPrevention: true,
    formatError,
    logger: {
      debug: (message) => logger.debug(String(message)),
      info: (message) => logger.info(String(message)),
      warn: (message) => logger.warn(String(message)),
      error: (message) => logger.error(String(message)),
    },
    stopOnTerminationSignals: false,
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [ApolloServerPluginLandingPageDisabled(), sendSubscriptionsElsewhere, useRetryAfter],
  });
  await server.start();
  return server;
}

/** Serves GraphQL over HTTP. */
export function useGraphQLHttp(
  app: FastifyInstance,
  server: ApolloServer<GatewayContext>,
  preHandler: preHandlerAsyncHookHandler[],
): void {
  const handle = fastifyApolloHandler(server, { context: async (request) => contextOf(request) });
  app.route({
    method: ['GET', 'POST'],
    url: ENDPOINT,
    preHandler,
    handler: (request, reply) => inRequestScope({ requestId: request.id }, () => handle.call(app, request, reply)),
  });
}

function contextOf({ id, headers, ip }: FastifyRequest): GatewayContext {
  return createGatewayContext({
    requestId: id,
    authorization: headers.authorization,
    acceptLanguage: headers['accept-language'],
    userAgent: headers['user-agent'],
    clientAddress: ip,
  });
}

type ApolloGatewayOption = NonNullable<ApolloServerOptionsWithGateway<GatewayContext>['gateway']>;
type SchemaListener = Parameters<ApolloGatewayOption['onSchemaLoadOrUpdate']>[0];

function gatewayOf(supergraph: Supergraph, executor: GraphExecutor): ApolloGatewayOption {
  const listeners = new Set<SchemaListener>();
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      const schema = { apiSchema: supergraph.schema, coreSupergraphSdl: supergraph.sdl };
      for (const listener of listeners) listener(schema);
      return {
        executor: ({ document, operation, request, context, queryHash }) => {
          if (!operation) return Promise.resolve({ errors: [unknownOperation(request.operationName)] });
          const { operationName, variables } = request;
          // Apollo passes on the context that this file made.
          return executor.execute(
            { document, operationName, variables, context: context as GatewayContext },
            queryHash,
          );
        },
      };
    },
    stop: async () => {},
  };
}

function unknownOperation(name: string | undefined): GraphQLError {
  const message = name ? `The document has no operation "${name}"` : 'Name one of the operations in "operationName"';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

const sendSubscriptionsElsewhere: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation !== 'subscription') return;
      throw new GraphQLError('Subscribe over WebSocket (graphql-transport-ws) at the same address', {
        extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
      });
    },
  }),
};
