import { type ExecutionResult, GraphQLError } from 'graphql';
import { PushStream } from '../streams/push-stream.js';
import type { UpstreamEvent } from './upstream-event.js';

/** What a client's stream needs to know. */
export interface ClientSubscriptionOptions {
  /** The position that the client asked to go on from. */
  after: string | undefined;
  /** Events that may wait for a slow client. */
  buffer: number;
  /** Makes the client's result of an event. */
  answer: (event: UpstreamEvent) => Promise<ExecutionResult>;
  /** Called once when the stream is over, whoever ended it. */
  onEnd: () => void;
}

/**
 * One client's stream of results, in order. It ends with an error whose `extensions.cursor` is the last position that
 * the client was given: of the subgraph's making, or `SUBSCRIPTION_LAGGED` when the client is too slow.
 */
export class ClientSubscription implements AsyncIterableIterator<ExecutionResult, undefined> {
  private readonly events: PushStream<UpstreamEvent>;
  private cursor: string | undefined;
  private isOver = false;

  constructor(private readonly options: ClientSubscriptionOptions) {
    this.cursor = options.after;
    this.events = new PushStream();
  }

  /** Takes an event from upstream. */
  event(event: UpstreamEvent): void {
    if (this.isOver) return;
    if (this.events.size < this.options.buffer) this.events.push(event);
    else this.lag();
  }

  /** Upstream has ended; what waits is still delivered. */
  end(error: unknown): void {
    this.finish();
    if (error === undefined) this.events.end();
    else this.events.fail(error);
  }

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    try {
      const { done, value: event } = await this.events.next();
      if (done) return { done: true, value: undefined };
      const value = await this.options.answer(event);
      if (event.cursor !== undefined) this.cursor = event.cursor;
      return { done: false, value };
    } catch (error) {
      // Whoever reads does not say `return` after a failure.
      this.finish();
      throw this.withCursor(error);
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    this.finish();
    await this.events.return();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<ExecutionResult, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private lag(): void {
    const lagged = new GraphQLError('The client reads too slowly; subscribe again with the last cursor', {
      extensions: { code: 'SUBSCRIPTION_LAGGED' },
    });
    this.finish();
    this.events.fail(lagged, { dropValues: true });
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.options.onEnd();
  }

  private withCursor(error: unknown): unknown {
    if (this.cursor === undefined) return error;
    const message = error instanceof Error ? error.message : String(error);
    const extensions = error instanceof GraphQLError ? error.extensions : {};
    return new GraphQLError(message, {
      extensions: { ...extensions, cursor: this.cursor },
      ...(error instanceof Error && { originalError: error }),
    });
  }
}
