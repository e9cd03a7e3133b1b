import type { IncomingMessage } from 'node:http';
import { newId } from '@tutorgraph/kit/database/id';
import { inRequestScope } from '@tutorgraph/kit/telemetry/request-scope';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { ClientConnection, ConnectionMetadata } from '../connections/client-connection.js';
import type { OpenConnections } from '../connections/open-connections.js';
import { presentedStream } from '../connections/presented-stream.js';
import type { OperationOutcome } from '../operations/operation-observer.js';
import { asRefusal, type Operations } from '../operations/operations.js';
import type { ReadOperation } from '../operations/read-operation.js';
import { createGatewayContext, type GatewayContext } from '../requests/gateway-context.js';
import type { Limits } from '../settings.js';
import { PushStream } from '../streams/push-stream.js';
import { refusalOf } from './connection-closing.js';
import { type FrameSocket, NextFrames } from './next-frames.js';
import {
  type AskedOperation,
  type OpenSocket,
  ProtocolConnection,
  type ProtocolContext,
  type ProtocolHooks,
  type ProtocolSocket,
} from './protocol-connection.js';

/** What is known of a socket. */
export interface SocketExtra {
  request: IncomingMessage;
  connection: ClientConnection;
  close: (code: number, reason: string) => void;
  /** Takes whole messages of the protocol. */
  frames: FrameSocket;
}

/** What runs the operations of sockets. */
export interface GraphQLSocketsOptions {
  operations: Operations;
  connections: OpenConnections;
  limits: Pick<Limits, 'operationsPerSocket' | 'requestTimeoutMs'>;
}

type SocketContext = ProtocolContext<SocketExtra>;

/** One operation of a socket. */
interface SocketOperation {
  /** The client's name for it. */
  id: string;
  operation: ReadOperation;
  context: GatewayContext;
  connection: ClientConnection;
  frames: FrameSocket;
  /** Tells who watches how it ended. */
  ended: (outcome: OperationOutcome) => void;
}

const FORBIDDEN = 4403;

/** Speaks graphql-transport-ws: queries, mutations and federated subscriptions, each under the connection's token. */
export class GraphQLSockets {
  private readonly hooks: ProtocolHooks<SocketExtra> = {
    onConnect: (context) => this.begin(context),
    onPing: ({ extra }, payload) => this.renew(extra, payload),
    onSubscribe: (context, asked, payload) => this.prepare(context, asked, payload),
    execute: (args) => this.execute(args),
    subscribe: (args) => this.subscribe(args),
    onClose: ({ extra }) => extra.connection.end(),
  };

  constructor(private readonly options: GraphQLSocketsOptions) {}

  /** Takes a socket that has opened. */
  opened(socket: ProtocolSocket, extra: SocketExtra): OpenSocket {
    const protocol = new ProtocolConnection(socket, this.hooks, extra);
    // A client that does not answer keeps its socket half open for a while; what it asked for ends at once.
    extra.connection.signal.addEventListener('abort', () => protocol.closed(), { once: true });
    return protocol;
  }

  /**
   * A connection's state; it closes with 4403 when its token has expired or its session was ended.
   *
   * @throws TooManyConnections
   */
  connect(metadata: ConnectionMetadata, close: SocketExtra['close']): ClientConnection {
    return this.options.connections.connect(metadata, (reason) => close(FORBIDDEN, reason));
  }

  /** Takes a ping's payload: `{ authorization }` renews the token, anything else is a sign of life. */
  private async renew({ connection, close }: SocketExtra, payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = authorizationIn(payload);
    if (authorization === undefined) return;
    try {
      await connection.renew(authorization);
    } catch (error) {
      const { code, reason } = refusalOf(error);
      close(code, reason);
    }
  }

  private async begin({ connectionParams, extra }: SocketContext): Promise<boolean> {
    try {
      await extra.connection.begin(authorizationIn(connectionParams) ?? extra.request.headers.authorization);
      return true;
    } catch (error) {
      const { code, reason } = refusalOf(error);
      extra.close(code, reason);
      return false;
    }
  }

  private async prepare(
    { running, extra }: SocketContext,
    { id, signal }: AskedOperation,
    payload: SubscribePayload & { documentId?: unknown },
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { operations, limits } = this.options;
    const most = limits.operationsPerSocket;
    const { connection, frames } = extra;
    const context = contextOf(connection, limits, signal);
    const { query, operationName, variables, extensions, documentId } = payload;
    const request = {
      query,
      // The protocol wants a "query" even where there is none: an empty text says so.
      documentId: typeof documentId === 'string' ? documentId : undefined,
      operationName: operationName ?? undefined,
      variables: variables ?? undefined,
      extensions: extensions ?? undefined,
    };
    const ended = operations.observe(request, context);
    try {
      if (running.size > most) throw tooManyOperations(most);
      const operation = await operations.read(request, context, () => {});
      const { document, graph } = operation;
      // What follows is told by whoever runs it.
      const contextValue: SocketOperation = { id, operation, context, connection, frames, ended };
      return { schema: graph.supergraph.schema, document, operationName, variableValues: variables, contextValue };
    } catch (error) {
      const shown = asRefusal(error).errors.map((one) => operations.present(one, context));
      ended({ operation: undefined, errors: shown, hasData: false });
      return shown.map(toGraphQLError);
    }
  }

  private async execute({ contextValue }: ExecutionArgs): Promise<ExecutionResult> {
    const { operation, context, ended } = readContext(contextValue);
    return inRequestScope({ requestId: context.metadata.requestId }, async () => {
      const { result } = await this.options.operations.run(operation, context, ended);
      const { data, errors } = result;
      return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(toGraphQLError) }) };
    });
  }

  private async subscribe({
    contextValue,
  }: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const { id, operation, context, connection, frames, ended } = readContext(contextValue);
    const present = (error: unknown): GraphQLError => toGraphQLError(this.options.operations.present(error, context));
    const { requestId } = context.metadata;
    try {
      const results = connection.subscribe(operation, { requestId, writer: new NextFrames(frames, id) });
      ended({ operation, errors: [], hasData: true });
      return presentedStream(results, present);
    } catch (error) {
      const shown = present(error);
      ended({ operation, errors: [shown], hasData: false });
      return refusedStream(shown);
    }
  }
}

function contextOf(
  connection: ClientConnection,
  { requestTimeoutMs }: GraphQLSocketsOptions['limits'],
  signal: AbortSignal,
): GatewayContext {
  return createGatewayContext(connection.metadata(newId()), {
    viewer: connection.viewer,
    transport: 'websocket',
    deadline: performance.now() + requestTimeoutMs,
    signal,
  });
}

function readContext(contextValue: unknown): SocketOperation {
  // Only `prepare` above makes the context value.
  return contextValue as SocketOperation;
}

function refusedStream(error: GraphQLError): PushStream<ExecutionResult> {
  const stream = new PushStream<ExecutionResult>();
  stream.fail(error);
  return stream;
}

function authorizationIn(payload: Record<string, unknown> | undefined): string | undefined {
  const authorization = payload?.authorization ?? payload?.Authorization;
  return typeof authorization === 'string' && authorization !== '' ? authorization : undefined;
}

function tooManyOperations(most: number): GraphQLError {
  return new GraphQLError(`At most ${most} operations run at a time on one connection`, {
    extensions: { code: 'TOO_MANY_OPERATIONS', limit: 'operationsPerSocket', most },
  });
}

function toGraphQLError({ message, path, extensions, locations: _locations }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path, extensions });
}
