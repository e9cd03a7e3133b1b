import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  type Message,
  MessageType,
  parseMessage,
  type SubscribeMessage,
  type SubscribePayload,
} from 'graphql-ws';

/** A socket as the protocol needs it. */
export interface ProtocolSocket {
  /** The sub-protocol that was agreed upon. */
  readonly protocol: string;
  /** Resolves when there is room for more. */
  send(text: string): Promise<void>;
  close(code: number, reason: string): void;
}

/** A connection on a socket, and what runs on it. */
export interface ProtocolContext<Extra> {
  readonly extra: Extra;
  readonly connectionParams: Record<string, unknown> | undefined;
  /** Operations that run, by the client's ids. */
  readonly running: ReadonlyMap<string, object>;
}

/** An operation as the protocol knows it. */
export interface AskedOperation {
  /** The client's name for it. */
  readonly id: string;
  /** Aborted when the client completes it, or is gone. */
  readonly signal: AbortSignal;
}

/** What the protocol asks of whoever runs operations. */
export interface ProtocolHooks<Extra> {
  /** Lets a connection in, or closes it and answers false. */
  onConnect(context: ProtocolContext<Extra>): Promise<boolean>;
  /** Prepares an operation; errors are all that the client then hears of it. */
  onSubscribe(
    context: ProtocolContext<Extra>,
    operation: AskedOperation,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]>;
  onPing(context: ProtocolContext<Extra>, payload: Record<string, unknown> | undefined): Promise<void>;
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  onClose(context: ProtocolContext<Extra>): void;
}

/** A socket that was taken. */
export interface OpenSocket {
  /** Takes a message; resolves when what it asked for has ended. */
  take(text: string): Promise<void>;
  /** The socket is closed, or about to be: all that runs on it ends. May be called again. */
  closed(): void;
}

/** An operation that runs. It is told from a later one of the same id by being another object. */
interface Running {
  readonly unwanted: AbortController;
  stream?: AsyncIterableIterator<ExecutionResult>;
}

const INIT_WITHIN_MS = 3_000;

/**
 * Speaks the server's part of graphql-transport-ws (PROTOCOL.md of graphql-ws) on a socket.
 *
 * Of our own because graphql-ws' knows operations by their ids alone: what a client has completed then ends, or answers
 * for, the next operation to which the client gives the same id.
 */
export class ProtocolConnection<Extra> implements OpenSocket {
  private readonly running = new Map<string, Running>();
  private readonly context: {
    extra: Extra;
    connectionParams: Record<string, unknown> | undefined;
    running: Map<string, Running>;
  };
  private readonly waiting: NodeJS.Timeout;
  private state: 'new' | 'asked' | 'acknowledged' = 'new';

  constructor(
    private readonly socket: ProtocolSocket,
    private readonly hooks: ProtocolHooks<Extra>,
    extra: Extra,
  ) {
    this.context = { extra, connectionParams: undefined, running: this.running };
    this.waiting = setTimeout(() => {
      socket.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
    }, INIT_WITHIN_MS);
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      socket.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
    }
  }

  async take(text: string): Promise<void> {
    const message = readMessage(text);
    switch (message?.type) {
      case MessageType.ConnectionInit:
        return this.initialise(message.payload ?? undefined);
      case MessageType.Ping:
        await this.hooks.onPing(this.context, message.payload ?? undefined);
        // A ping may carry a token, which the answer does not repeat.
        return this.send({ type: MessageType.Pong });
      case MessageType.Pong:
        return undefined;
      case MessageType.Subscribe:
        return this.subscribe(message);
      case MessageType.Complete:
        return this.complete(message.id);
      default:
        return this.socket.close(CloseCode.BadRequest, 'Invalid message received');
    }
  }

  closed(): void {
    clearTimeout(this.waiting);
    for (const id of [...this.running.keys()]) this.complete(id);
    this.hooks.onClose(this.context);
  }

  private async initialise(parameters: Record<string, unknown> | undefined): Promise<void> {
    if (this.state !== 'new') {
      return this.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
    }
    this.state = 'asked';
    clearTimeout(this.waiting);
    this.context.connectionParams = parameters;
    if (!(await this.hooks.onConnect(this.context))) return;
    this.state = 'acknowledged';
    await this.send({ type: MessageType.ConnectionAck });
  }

  private async subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    if (this.state !== 'acknowledged') return this.socket.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.running.has(id)) {
      return this.socket.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    }
    const operation: Running = { unwanted: new AbortController() };
    this.running.set(id, operation);
    const isWanted = (): boolean => this.running.get(id) === operation;
    try {
      const prepared = await this.hooks.onSubscribe(this.context, { id, signal: operation.unwanted.signal }, payload);
      if (!('schema' in prepared)) return await this.fail(id, prepared, isWanted);
      const answer = await this.run(prepared);
      if (!(Symbol.asyncIterator in answer)) {
        if (isWanted()) await this.send({ id, type: MessageType.Next, payload: answer });
      } else {
        await this.stream(id, answer, { operation, isWanted });
      }
      if (isWanted()) await this.end(id, { id, type: MessageType.Complete });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      await this.fail(id, [error], isWanted);
    } finally {
      if (isWanted()) this.running.delete(id);
    }
  }

  private run(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const operation = getOperationAST(args.document, args.operationName);
    return operation?.operation === 'subscription' ? this.hooks.subscribe(args) : this.hooks.execute(args);
  }

  private async stream(
    id: string,
    results: AsyncIterableIterator<ExecutionResult>,
    { operation, isWanted }: { operation: Running; isWanted: () => boolean },
  ): Promise<void> {
    if (!isWanted()) return void (await results.return?.());
    operation.stream = results;
    for await (const payload of results) {
      if (!isWanted()) return;
      await this.send({ id, type: MessageType.Next, payload });
    }
  }

  private complete(id: string): void {
    const operation = this.running.get(id);
    this.running.delete(id);
    operation?.unwanted.abort();
    void operation?.stream?.return?.();
  }

  private async fail(id: string, errors: readonly GraphQLError[], isWanted: () => boolean): Promise<void> {
    if (isWanted()) await this.end(id, { id, type: MessageType.Error, payload: errors });
  }

  /** The id is free from the moment when the client may know that. */
  private end(id: string, message: object): Promise<void> {
    this.running.delete(id);
    return this.send(message);
  }

  private send(message: object): Promise<void> {
    return this.socket.send(JSON.stringify(message));
  }
}

function readMessage(text: string): Message | undefined {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}
