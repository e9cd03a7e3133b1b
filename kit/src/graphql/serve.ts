import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { JSONWebKeySet } from 'jose';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { closeGracefully } from '../lifecycle/graceful-close.js';
import { verifyServiceToken } from '../viewer/service-token.js';
import type { RequestMetadata } from './context.js';
import type { GraphRequest } from './executor.js';
import type { Subgraph } from './subgraph.js';
import { whileAwaited } from './while-awaited.js';

/** Where a subgraph listens, and whose word it takes about the client. */
export interface ServeOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Public keys of our services: only the gateway, proven by its token, may name the client's address. */
  servicePublicKeys: JSONWebKeySet;
  /** Answers the header by which Apollo's router and tools ask how long each field took. @default false */
  fieldTimes?: boolean;
  /** Adds routes of the room's own, health and metrics. */
  routes?: (app: FastifyInstance) => Promise<void> | void;
}

/** A subgraph that listens. */
export interface ServedSubgraph {
  /** Address of its `/graphql`. */
  url: string;
  /** Lets requests in flight finish, ends subscriptions with 1001 and stops listening. */
  close(): Promise<void>;
}

const TRACE_HEADER = 'apollo-federation-include-trace';
const MOST_BODY_BYTES = 1_048_576;
/**
 * An idle connection is closed by the gateway, which keeps it for a minute: were it closed here, a request could be on its
 * way to it, and a mutation among them be lost without anybody knowing whether it had come.
 */
const KEEP_ALIVE_MS = 75_000;
const graphRequest = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Offers a subgraph over HTTP (`POST /graphql`) and graphql-ws at the same address. */
export async function serveSubgraph(subgraph: Subgraph, options: ServeOptions): Promise<ServedSubgraph> {
  const app = Fastify({ bodyLimit: MOST_BODY_BYTES, forceCloseConnections: 'idle', keepAliveTimeout: KEEP_ALIVE_MS });
  closeGracefully(app);
  const gateway = new GatewayWord(subgraph.name, options.servicePublicKeys);
  app.post('/graphql', async (request, reply) => {
    const parsed = graphRequest.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ errors: [{ message: 'Send JSON with a "query"' }] });
    const isTimed = options.fieldTimes && request.headers[TRACE_HEADER] === 'ftv1';
    return whileAwaited(request, reply, async (signal) => {
      const metadata = await gateway.metadata(request.raw);
      return subgraph[isTimed ? 'executeTimed' : 'execute'](toGraphRequest(parsed.data), metadata, signal);
    });
  });
  await options.routes?.(app);
  const sockets = serveSubscriptions(subgraph, app, gateway);
  await app.listen({ host: options.host, port: options.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://${options.host}:${port}/graphql`,
    async close() {
      await sockets.close();
      await app.close();
    },
  };
}

function serveSubscriptions(subgraph: Subgraph, app: FastifyInstance, gateway: GatewayWord) {
  const server = new WebSocketServer({ server: app.server, path: '/graphql', maxPayload: MOST_BODY_BYTES });
  const ending = new AbortController();
  const cleaner = useServer<Record<string, unknown>, { request: IncomingMessage }>(
    {
      onSubscribe: async (context, _id, payload) => {
        const metadata = await gateway.metadata(context.extra.request, context.connectionParams);
        return {
          schema: subgraph.schema,
          document: parse(payload.query),
          contextValue: { request: toGraphRequest(payload), metadata },
        };
      },
      execute: ({ contextValue }) => run(contextValue, ({ request, metadata }) => subgraph.execute(request, metadata)),
      subscribe: ({ contextValue }) =>
        run(contextValue, ({ request, metadata }) => subgraph.subscribe(request, metadata, ending.signal)),
    },
    server,
  );
  return {
    async close(): Promise<void> {
      ending.abort();
      await cleaner.dispose();
      server.close();
    },
  };
}

interface Operation {
  request: GraphRequest;
  metadata: RequestMetadata;
}

function run<Result>(contextValue: unknown, work: (operation: Operation) => Result): Result {
  // Only onSubscribe above makes the context value.
  return work(contextValue as Operation);
}

function toGraphRequest(payload: z.infer<typeof graphRequest>): GraphRequest {
  return {
    query: payload.query,
    operationName: payload.operationName ?? undefined,
    variables: payload.variables ?? undefined,
  };
}

/** Reads what a request says of its client, believing forwarded words only from the gateway. */
class GatewayWord {
  constructor(
    private readonly room: string,
    private readonly servicePublicKeys: JSONWebKeySet,
  ) {}

  async metadata(request: IncomingMessage, parameters: Record<string, unknown> = {}): Promise<RequestMetadata> {
    const header = (name: string): string | undefined => {
      const value = parameters[name] ?? request.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    const forwarded = await this.isFromGateway(header('x-gateway-token'));
    return {
      authorization: header('authorization'),
      requestId: header('x-request-id') ?? randomUUID(),
      acceptLanguage: header('accept-language'),
      clientAddress: (forwarded ? header('x-forwarded-for') : undefined) ?? request.socket.remoteAddress,
      userAgent: header('user-agent'),
      traceparent: header('traceparent'),
    };
  }

  private async isFromGateway(token: string | undefined): Promise<boolean> {
    if (!token) return false;
    const service = await verifyServiceToken(token, this.room, this.servicePublicKeys).catch(() => undefined);
    return service?.service === 'gateway';
  }
}
