import { type ExecutionResult, GraphQLError } from 'graphql';
import { SharedAnswer } from './broadcast-event.js';
import type { ResultWriter } from './result-writer.js';
import { type OwnEvent, WaitingEvents, type WaitingLimits } from './waiting-events.js';

/** What a client's stream needs to know. */
export interface ClientSubscriptionOptions {
  /** The position that the client asked to go on from. */
  after: string | undefined;
  /** What may wait for a slow client. */
  buffer: WaitingLimits;
  /** Takes results that are written already. */
  writer: ResultWriter;
  /** Called once when the stream is over, whoever ended it. */
  onEnd: (ending: SubscriptionEnding) => void;
}

/** Why a stream is over: its client left, or upstream ended, with an error or without. */
export type SubscriptionEnding = 'left' | { error?: unknown };

interface Reader {
  resolve: (result: IteratorResult<ExecutionResult, undefined>) => void;
  reject: (error: unknown) => void;
}

const DONE = { done: true, value: undefined } as const;

/**
 * One client's stream of results, in order. Those of its own events are read from it; those that many clients share go
 * to the writer while somebody reads, which is when nothing that was read before is still to be sent. It ends with an
 * error whose `extensions.cursor` is the last position that the client was given: of the subgraph's making, or
 * `SUBSCRIPTION_LAGGED` when the client is too slow.
 */
export class ClientSubscription implements AsyncIterableIterator<ExecutionResult, undefined> {
  private readonly waiting: WaitingEvents;
  private reader: Reader | undefined;
  /** The writer can take no more for now. */
  private isFull = false;
  private given: string | undefined;
  private isOver = false;
  private ending: { error?: unknown } | undefined;

  constructor(private readonly options: ClientSubscriptionOptions) {
    this.given = options.after;
    this.waiting = new WaitingEvents(options.buffer);
  }

  /** The last position that the client was given. */
  get cursor(): string | undefined {
    return this.given;
  }

  /** Events that wait until the client has taken those before. */
  get waitingEvents(): number {
    return this.waiting.size;
  }

  /** Takes an event of the client's own, or the place of one that it shares. */
  push(event: OwnEvent | SharedAnswer): void {
    if (this.isOver) return;
    if (!this.waiting.push(event)) this.lag();
    else if (!(event instanceof SharedAnswer)) this.deliver();
  }

  /** Delivers what can be: answers that are shared may have become known. */
  deliver(): void {
    this.deliverNext();
    if (this.waiting.isTooLarge) this.lag();
  }

  private deliverNext(): void {
    while (this.reader) {
      const next = this.waiting.first;
      if (next === undefined) {
        if (this.ending) this.settle(this.reader, this.ending);
        return;
      }
      if (!(next instanceof SharedAnswer)) {
        this.waiting.shift();
        this.hand(next, this.reader);
      } else if (this.isFull || !next.outcome) {
        return;
      } else {
        this.waiting.shift();
        this.write(next.cursor, next.outcome);
      }
    }
  }

  /** Upstream has ended; what waits is still delivered. */
  end(error: unknown): void {
    this.finish(error === undefined ? {} : { error });
    this.deliver();
  }

  next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    return new Promise((resolve, reject) => {
      this.reader = { resolve, reject };
      this.deliver();
    });
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    this.waiting.clear();
    this.finish({}, 'left');
    this.ending = {};
    this.deliver();
    return DONE;
  }

  async throw(error: unknown): Promise<IteratorResult<ExecutionResult, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private hand(event: OwnEvent, reader: Reader): void {
    this.reader = undefined;
    event.answer().then(
      (value) => {
        if (event.cursor !== undefined) this.given = event.cursor;
        reader.resolve({ done: false, value });
      },
      (error: unknown) => this.fail(error, reader),
    );
  }

  private write(cursor: string, outcome: NonNullable<SharedAnswer['outcome']>): void {
    if ('error' in outcome) {
      const { reader } = this;
      if (reader) this.fail(outcome.error, reader);
      return;
    }
    this.given = cursor;
    if (!outcome.text) return;
    this.isFull = !this.options.writer.write(outcome.text, this.taken, cursor);
  }

  private readonly taken = (): void => {
    this.isFull = false;
    this.deliver();
  };

  /** Whoever reads does not say `return` after a failure. */
  private fail(error: unknown, reader: Reader): void {
    this.waiting.clear();
    this.finish({ error });
    this.ending = {};
    this.reader = undefined;
    reader.reject(this.withCursor(error));
  }

  private lag(): void {
    const error = new GraphQLError('The client reads too slowly; subscribe again with the last cursor', {
      extensions: { code: 'SUBSCRIPTION_LAGGED' },
    });
    this.waiting.clear();
    this.finish({ error });
    this.deliver();
  }

  private settle(reader: Reader, ending: { error?: unknown }): void {
    this.reader = undefined;
    this.ending = {};
    if (ending.error === undefined) reader.resolve(DONE);
    else reader.reject(this.withCursor(ending.error));
  }

  private finish(ending: { error?: unknown }, told: SubscriptionEnding = ending): void {
    if (this.isOver) return;
    this.isOver = true;
    this.ending = ending;
    this.options.onEnd(told);
  }

  private withCursor(error: unknown): unknown {
    if (this.given === undefined) return error;
    const message = error instanceof Error ? error.message : String(error);
    const extensions = error instanceof GraphQLError ? error.extensions : {};
    return new GraphQLError(message, {
      extensions: { ...extensions, cursor: this.given },
      ...(error instanceof Error && { originalError: error }),
    });
  }
}
