import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import { buildSchema, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { CallableSubgraph } from '../../src/transports/in-process-transport.js';

/** A subgraph that listens over HTTP and graphql-ws, and may die. */
export interface Replica {
  url: string;
  /** Requests that came over HTTP. */
  readonly requests: number;
  /** WebSockets that are open. */
  readonly sockets: number;
  /** What the last request said in its headers. */
  readonly lastHeaders: IncomingHttpHeaders;
  /** Dies without a word: every connection is cut. */
  kill(): Promise<void>;
}

/** Options of a replica. */
export interface ReplicaOptions {
  /** Takes the request, does its work, and dies before it answers. */
  diesAnswering?: boolean;
}

/** Serves a subgraph on a port of its own. */
export async function startReplica(subgraph: CallableSubgraph, options: ReplicaOptions = {}): Promise<Replica> {
  const connections = new Set<Socket>();
  const state = { requests: 0, lastHeaders: {} as IncomingHttpHeaders };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    if (body.query !== '{ __typename }') {
      state.requests += 1;
      state.lastHeaders = request.headers;
    }
    const result = await subgraph.execute(body, metadataOf(request.headers));
    if (options.diesAnswering) return void request.socket.destroy();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  });
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const sockets = serveSockets(server, subgraph);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    get requests() {
      return state.requests;
    },
    get sockets() {
      return sockets.clients.size;
    },
    get lastHeaders() {
      return state.lastHeaders;
    },
    async kill() {
      const gone = [...sockets.clients].map((client) => once(client, 'close'));
      for (const connection of connections) connection.destroy();
      await Promise.all(gone);
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function serveSockets(server: Server, subgraph: CallableSubgraph): WebSocketServer {
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const anySchema = buildSchema('type Query { any: String }');
  useServer<Record<string, unknown>>(
    {
      onSubscribe: (context, _id, payload) => ({
        schema: anySchema,
        document: parse(payload.query),
        contextValue: { payload, metadata: metadataOf(context.connectionParams ?? {}) },
      }),
      subscribe: async ({ contextValue }) => {
        const { payload, metadata } = contextValue as { payload: { query: string }; metadata: RequestMetadata };
        const started = await subgraph.subscribe(payload, metadata, new AbortController().signal);
        return started;
      },
    },
    sockets,
  );
  return sockets;
}

function metadataOf(headers: Record<string, unknown>): RequestMetadata {
  const read = (name: string) => (typeof headers[name] === 'string' ? headers[name] : undefined);
  return {
    requestId: read('x-request-id') ?? '',
    authorization: read('authorization'),
    acceptLanguage: read('accept-language'),
    userAgent: read('user-agent'),
    clientAddress: read('x-forwarded-for'),
  };
}
