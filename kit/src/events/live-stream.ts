import { badUserInput } from '../graphql/errors.js';
import type { EventBus } from './bus.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { endable } from './endable.js';
import type { DomainEvent, PositionedEvent } from './event.js';
import { LiveHistory } from './live-history.js';
import { LiveIndex } from './live-index.js';
import { LiveQueue } from './live-queue.js';
import { resumeGap, subscriptionLagged } from './stream-errors.js';
import { backOff, pause, unlessAborted } from './waiting.js';

/** How a process listens to a stream for its subscriptions. */
export interface LiveStreamOptions {
  /** The room's name. */
  stream: string;
  bus: EventBus;
  /** Keys by which subscriptions find an event, such as `order:<id>`; asked once for each. @default its subject */
  keysOf?: (event: DomainEvent) => readonly string[];
  /** Told of failures while the stream is opened, and of `keysOf` that throws. */
  onFault?: (error: unknown) => void;
  /** How many of the youngest events are kept in memory. @default 2000 */
  ringSize?: number;
  /** After so long without an event of its own, a subscription is told the position reached. @default 60000 */
  progressMs?: number;
  /** How long to wait for positions that the bus is known to have lost and gets again. @default 3000 */
  patienceMs?: number;
}

/** What one subscription wants to hear. */
interface SubscribeOptions {
  /** The cursor of the last message that the client has; absent: from now on. */
  after?: string | null | undefined;
  /** Only events that have one of these keys. */
  keys?: readonly string[];
  /** Only events of these types. */
  types?: readonly string[];
  /** Ends the subscription at once. */
  signal?: AbortSignal;
  /** How many events may wait to be taken. @default 1000 */
  bufferLimit?: number;
}

/** One message of a subscription: an event, or only how far the stream has been searched. */
export interface LiveMessage {
  position: number;
  /** Give it back as `after` to go on behind this message. */
  cursor: string;
  event: DomainEvent | null;
}

/** The live end of one stream for all subscriptions of this process. */
export class LiveStream {
  private readonly index: LiveIndex;
  private readonly history: LiveHistory;
  private readonly closing = new AbortController();
  private readonly opened: Promise<void>;
  private readonly endListening: () => void;
  private readonly progress: NodeJS.Timeout;
  private readonly early: PositionedEvent[] = [];
  /** The last position heard; undefined until the stream is open. */
  private seen: number | undefined;

  constructor(private readonly options: LiveStreamOptions) {
    const { stream, bus, keysOf = (event) => [event.subject], onFault } = options;
    this.index = new LiveIndex(keysOf, onFault);
    this.history = new LiveHistory(stream, bus, options.ringSize ?? 2_000, options.patienceMs ?? 3_000);
    this.endListening = bus.listen(stream, (event) => this.hear(event));
    this.opened = this.open();
    this.progress = setInterval(() => this.index.tellProgress(this.seen ?? 0), options.progressMs ?? 60_000);
    this.progress.unref();
  }

  /**
   * Hears events from now on, or behind `after`, without a gap or a repeat. The first message comes at once and carries no
   * event: its cursor says where the subscription begins. `return()` and the signal end it at once, also while it is quiet.
   *
   * @throws BAD_USER_INPUT at once for a malformed cursor or one of another stream, from the first `next()` for one that
   * the stream has not reached; from `next()` RESUME_GAP when the events behind `after` are no longer held, and
   * SUBSCRIPTION_LAGGED when more than `bufferLimit` wait, both with `extensions.cursor`, the last delivered
   */
  subscribe(options: SubscribeOptions = {}): AsyncGenerator<LiveMessage, void, void> {
    const { after, signal } = options;
    const from = after === undefined || after === null ? undefined : decodeCursor(this.options.stream, after);
    const outer = signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal;
    return endable((ended) => this.messages(options, from, ended), outer);
  }

  /** Ends all subscriptions and stops listening. */
  close(): void {
    this.closing.abort();
    this.endListening();
    clearInterval(this.progress);
  }

  private async *messages(
    options: SubscribeOptions,
    from: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<LiveMessage, void, void> {
    await unlessAborted(this.opened, signal);
    if (signal.aborted) return;
    const queue = new LiveQueue(this.index, options, signal);
    try {
      queue.attach();
      const start = from ?? this.seen ?? 0;
      await this.refuseFuture(start, signal);
      yield* this.replayThenLive(queue, start, signal);
    } finally {
      queue.detach();
    }
  }

  private async *replayThenLive(
    queue: LiveQueue,
    start: number,
    signal: AbortSignal,
  ): AsyncGenerator<LiveMessage, void, void> {
    let position = start;
    let page = await this.pageAfter(position, signal);
    if (signal.aborted) return;
    yield this.message(position, null);
    while (page.length > 0) {
      for (const event of page) {
        if (signal.aborted) return;
        position = event.position;
        if (queue.wants(event.event, this.index.keysOf(event.event))) yield this.message(position, event.event);
      }
      // What did not fit into the buffer meanwhile is in the log: buffer anew from here and read on.
      if (queue.overflowed) queue.attach();
      page = await this.pageAfter(position, signal);
    }
    while (!signal.aborted) {
      const next = queue.take(position);
      if (next) {
        position = next.position;
        yield this.message(position, next.event);
      } else if (queue.overflowed) {
        throw subscriptionLagged(this.cursorOf(position));
      } else {
        await queue.wait();
      }
    }
  }

  /** Events behind a position up to what has been heard; an empty page when there is none: the queue has the rest. */
  private async pageAfter(position: number, signal: AbortSignal): Promise<PositionedEvent[]> {
    const upTo = this.seen ?? 0;
    if (position >= upTo || signal.aborted) return [];
    const page = await unlessAborted(this.history.after(position, upTo, signal), signal);
    if (signal.aborted) return [];
    if (!page) throw resumeGap(this.cursorOf(position));
    return page;
  }

  /** Another process may have heard more than this one: the bus decides what is the future. */
  private async refuseFuture(position: number, signal: AbortSignal): Promise<void> {
    if (position <= (this.seen ?? 0)) return;
    const reached = await unlessAborted(this.history.reaches(position, signal), signal);
    if (reached === false) throw badUserInput('The cursor lies in the future of its stream; subscribe without it');
  }

  private async open(): Promise<void> {
    const { stream, bus, onFault } = this.options;
    const { signal } = this.closing;
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        const top = await bus.top(stream);
        await this.history.load(top);
        this.seen = top;
        for (const event of this.early.splice(0)) this.hear(event);
        return;
      } catch (error) {
        onFault?.(error);
        await pause(backOff(failures, 50, 2_000), signal);
      }
    }
  }

  private hear(event: PositionedEvent): void {
    if (this.seen === undefined) {
      this.early.push(event);
    } else if (event.position > this.seen) {
      this.seen = event.position;
      this.history.push(event);
      this.index.deliver(event);
    }
  }

  private message(position: number, event: DomainEvent | null): LiveMessage {
    return { position, cursor: this.cursorOf(position), event };
  }

  private cursorOf(position: number): string {
    return encodeCursor(this.options.stream, position);
  }
}
