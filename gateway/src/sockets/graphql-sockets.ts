import type { IncomingMessage } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { newId } from '@tutorgraph/kit/database/id';
import { inRequestScope } from '@tutorgraph/kit/telemetry/request-scope';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { presentError } from '../errors/present-error.js';
import { createGatewayContext, type GatewayContext } from '../requests/gateway-context.js';
import type { OperationDocuments } from '../requests/operation-documents.js';
import { PushStream } from '../streams/push-stream.js';
import type { RunningSubscription, SubscriptionExecutor } from '../subscriptions/subscription-executor.js';
import type { GatewayTrust } from '../trust/trust.js';
import { ClientConnection, type ConnectionMetadata } from './client-connection.js';
import { type FrameSocket, NextFrames } from './next-frames.js';
import { OpenConnections } from './open-connections.js';
import { presentedStream } from './presented-stream.js';

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
  documents: OperationDocuments;
  /** Runs queries and mutations, in the same way as those of HTTP. */
  server: ApolloServer<GatewayContext>;
  subscriptions: SubscriptionExecutor;
  trust: GatewayTrust;
  /** Operations that run at a time on one socket. */
  operationsPerSocket: number;
  onFault: (error: unknown, requestId: string) => void;
}

type SocketContext = Context<Record<string, unknown>, SocketExtra>;

/** One operation of a socket. */
interface SocketOperation {
  /** The client's name for it. */
  id: string;
  requestId: string;
  payload: SubscribePayload;
  /** Names the document's text. */
  key: string;
}

const FORBIDDEN = 4403;
/** The protocol's limit is 123 bytes. */
const LONGEST_REASON = 120;

/** Speaks graphql-transport-ws: queries, mutations and federated subscriptions, each under the connection's token. */
export class GraphQLSockets {
  /** Takes sockets as they open. */
  readonly protocol: Server<SocketExtra>;

  private readonly open: OpenConnections;

  constructor(private readonly options: GraphQLSocketsOptions) {
    this.open = new OpenConnections(options.trust.rights);
    this.protocol = makeServer<Record<string, unknown>, SocketExtra>({
      onConnect: (context) => this.begin(context),
      onSubscribe: (context, id, payload) => this.prepare(context, id, payload),
      execute: (args) => this.execute(args),
      subscribe: (args) => this.subscribe(args),
      onClose: ({ extra }) => {
        extra.connection.end();
        this.open.delete(extra.connection);
      },
    });
  }

  /** A connection's state; it closes with 4403 when its token has expired or its session was ended. */
  connect(metadata: ConnectionMetadata, close: SocketExtra['close']): ClientConnection {
    return new ClientConnection(metadata, this.options.trust, (reason) => close(FORBIDDEN, reason));
  }

  /** Takes a ping's payload: `{ authorization }` renews the token, anything else is a sign of life. */
  async renew({ connection, close }: SocketExtra, payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = authorizationIn(payload);
    if (authorization === undefined) return;
    try {
      await connection.renew(authorization);
    } catch (error) {
      close(FORBIDDEN, reasonOf(error));
    }
  }

  private async begin({ connectionParams, extra }: SocketContext): Promise<boolean> {
    try {
      await extra.connection.begin(authorizationIn(connectionParams) ?? extra.request.headers.authorization);
      this.open.add(extra.connection);
      return true;
    } catch (error) {
      extra.close(FORBIDDEN, reasonOf(error));
      return false;
    }
  }

  private prepare(
    context: SocketContext,
    id: string,
    payload: SubscribePayload,
  ): ExecutionArgs | readonly GraphQLError[] {
    const requestId = newId();
    const most = this.options.operationsPerSocket;
    const read =
      Object.keys(context.subscriptions).length > most
        ? [tooManyOperations(most)]
        : this.options.documents.read(payload.query);
    if (!('document' in read)) return read.map((error) => this.present(error, requestId));
    const operation: SocketOperation = { id, requestId, payload, key: read.key };
    return {
      // graphql-ws asks for a schema, which neither way of running here reads.
      schema: this.options.documents.schema,
      document: read.document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      contextValue: { operation, connection: context.extra.connection, frames: context.extra.frames },
    };
  }

  private async execute({ contextValue }: ExecutionArgs): Promise<ExecutionResult> {
    const { operation, connection } = readContext(contextValue);
    const { requestId, payload } = operation;
    const context = createGatewayContext(connection.metadata(requestId));
    return inRequestScope({ requestId }, async () => {
      const { query, operationName, variables } = payload;
      const request = { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
      const { body } = await this.options.server.executeOperation(request, { contextValue: context });
      if (body.kind !== 'single') throw new Error('Expected one result');
      const { errors, data, extensions } = body.singleResult;
      return {
        ...(data !== undefined && { data }),
        ...(errors && { errors: errors.map(toGraphQLError) }),
        ...(extensions && { extensions }),
      };
    });
  }

  private async subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const { operation, connection, frames } = readContext(args.contextValue);
    const { id, requestId, payload, key } = operation;
    const present = (error: unknown): GraphQLError => this.present(error, requestId);
    const request = {
      document: args.document,
      key,
      operationName: payload.operationName ?? undefined,
      variables: payload.variables ?? undefined,
    };
    let running: RunningSubscription | undefined;
    try {
      running = this.options.subscriptions.subscribe(request, {
        metadata: () => connection.metadata(requestId),
        expiresAt: () => connection.expiresAt,
        get rights() {
          return connection.rights;
        },
        broadcastAs: () => connection.broadcastAs(),
        writer: new NextFrames(frames, id),
        onEnd: () => running && connection.running.delete(running),
      });
      connection.running.add(running);
      // It was closed while the operation was prepared: nobody would end what begins now.
      if (connection.isOver) void running.results.return();
      return presentedStream(running.results, present);
    } catch (error) {
      return refusedStream(present(error));
    }
  }

  private present(error: unknown, requestId: string): GraphQLError {
    return toGraphQLError(presentError(error, requestId, (fault) => this.options.onFault(fault, requestId)));
  }
}

interface SocketContextValue {
  operation: SocketOperation;
  connection: ClientConnection;
  frames: FrameSocket;
}

function readContext(contextValue: unknown): SocketContextValue {
  // Only `prepare` above makes the context value.
  return contextValue as SocketContextValue;
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

function reasonOf(error: unknown): string {
  const message = error instanceof GraphQLError ? error.message : 'The access token could not be checked';
  return message.slice(0, LONGEST_REASON);
}

function tooManyOperations(most: number): GraphQLError {
  return new GraphQLError(`At most ${most} operations run at a time on one connection`, {
    extensions: { code: 'TOO_MANY_OPERATIONS', limit: 'operationsPerSocket', most },
  });
}

function toGraphQLError({ message, path, extensions, locations: _locations }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path, extensions });
}
