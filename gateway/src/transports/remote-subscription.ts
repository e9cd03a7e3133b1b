import type { GraphRequest } from '@tutorgraph/kit/graphql/executor';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { PushStream } from '../streams/push-stream.js';
import { SubgraphUnreachable } from './subgraph-transport.js';

/** What to subscribe to, and where. */
export interface RemoteSubscription {
  subgraph: string;
  /** The replica's `/graphql` address over HTTP. */
  url: URL;
  /** Sent as connection parameters: a connection is one viewer's. */
  headers: Record<string, string>;
  request: GraphRequest;
  signal: AbortSignal;
}

/** A replica that answers no ping within this time is taken for dead. */
const PONG_WITHIN_MS = 5_000;
const PING_EVERY_MS = 10_000;
const CONNECT_WITHIN_MS = 5_000;

/**
 * Subscribes over a graphql-ws connection of its own, which closes with the subscription.
 *
 * @throws SubgraphUnreachable when the replica does not accept the connection
 */
export function openRemoteSubscription(subscription: RemoteSubscription): Promise<AsyncIterable<ExecutionResult>> {
  const { subgraph, request, signal } = subscription;
  return new Promise((resolve, reject) => {
    const stream = new PushStream<ExecutionResult>(() => leave());
    let isConnected = false;
    const client = connect(subscription, () => {
      isConnected = true;
      resolve(stream);
    });
    const unsubscribe = client.subscribe<Record<string, unknown>>(
      { query: request.query, operationName: request.operationName, variables: request.variables },
      {
        next: ({ data, errors }) => {
          stream.push({ ...(data !== undefined && { data }), ...(errors && { errors: errors.map(toGraphQLError) }) });
        },
        error: (error) => {
          signal.removeEventListener('abort', leave);
          const failure = toFailure(subgraph, error);
          stream.fail(failure);
          reject(failure);
        },
        complete: () => {
          signal.removeEventListener('abort', leave);
          stream.end();
          resolve(stream);
        },
      },
    );
    function leave(): void {
      signal.removeEventListener('abort', leave);
      unsubscribe();
      stream.end();
      // A connection that does not stand yet would open first and close then.
      if (!isConnected) client.terminate();
      resolve(stream);
    }
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}

function connect({ url, headers }: RemoteSubscription, onConnected: () => void): Client {
  const address = new URL(url);
  address.protocol = url.protocol.replace('http', 'ws');
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: address.href,
    webSocketImpl: UpstreamSocket,
    connectionParams: headers,
    retryAttempts: 0,
    connectionAckWaitTimeout: CONNECT_WITHIN_MS,
    keepAlive: PING_EVERY_MS,
    on: {
      connected: onConnected,
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}

/** graphql-ws takes its listeners off a socket that it gives up; the error that such a socket emits must not be fatal. */
class UpstreamSocket extends WebSocket {
  constructor(address: string, protocol: string) {
    super(address, protocol, { handshakeTimeout: CONNECT_WITHIN_MS });
    this.on('error', () => {});
  }
}

const REFUSALS = new Map([
  [4401, 'UNAUTHENTICATED'],
  [4403, 'FORBIDDEN'],
]);

function toFailure(subgraph: string, error: unknown): Error {
  if (Array.isArray(error)) {
    const [first] = error as readonly GraphQLFormattedError[];
    return first ? toGraphQLError(first) : new SubgraphUnreachable(subgraph, error);
  }
  const code = closeCodeOf(error);
  const refusal = code === undefined ? undefined : REFUSALS.get(code);
  if (refusal) return new GraphQLError('The subscription was refused', { extensions: { code: refusal } });
  return new SubgraphUnreachable(
    subgraph,
    code === undefined ? error : new Error(`The connection closed with ${code}`),
  );
}

function closeCodeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}

function toGraphQLError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path, extensions });
}
