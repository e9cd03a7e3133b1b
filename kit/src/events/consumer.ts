import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '../database/transaction.js';
import type { EventBus } from './bus.js';
import type { DomainEvent, PositionedEvent } from './event.js';
import { errorCode, isOutage } from './failure.js';
import { InboxCursor } from './inbox.js';
import type { EventLogger, EventObserver } from './observer.js';
import { Bell, backOff, pause } from './waiting.js';

/** What a consumer does with one type of event. */
export interface EventHandler<Prepared = unknown> {
  /** Asks other services for what `apply` needs; outside any transaction, and repeated when the event is. */
  prepare?(event: DomainEvent): Promise<Prepared>;
  /** The effect, in the transaction that also moves the group on: it happens once, or not at all. */
  apply(tx: EntityManager, event: DomainEvent, prepared: Prepared): Promise<void>;
}

/** A consumer group: all processes that start it share its place in the stream. */
export interface ConsumerOptions {
  /** The group's name, unique in its room; renaming it starts anew. */
  name: string;
  /** The room whose events it takes. */
  stream: string;
  /** The consumer's own room. */
  em: EntityManager;
  bus: EventBus;
  /** By event type. Other types are passed over. */
  handlers: Readonly<Record<string, EventHandler>>;
  /** Where a group begins that has never been: with the oldest event held, or with the next one. @default 'beginning' */
  startAt?: 'beginning' | 'now';
  /** Failures after which an event is put among the dead letters. Outages of what it needs do not count. @default 10 */
  attempts?: number;
  /** The first pause after a failure, in milliseconds; it doubles up to a minute. @default 200 */
  firstPauseMs?: number;
  /** How often to look without having heard of an event, in milliseconds. @default 2000 */
  pollMs?: number;
  logger?: EventLogger | undefined;
  observer?: EventObserver;
}

/** A consumer that runs. */
export interface Consumer {
  /** Finishes the event in hand and stops. */
  stop(): Promise<void>;
}

const READ_AT_ONCE = 200;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Starts a consumer group's reader. Each event's effect and the group's new place commit together, so that an event has
 * its effect once and in order, however many processes run the group and however often the event is delivered.
 */
export async function startConsumer(options: ConsumerOptions): Promise<Consumer> {
  const cursor = new InboxCursor(options.em, options.name, options.stream);
  await cursor.create(options.startAt === 'now' ? await options.bus.top(options.stream) : 0);
  const reader = new ConsumerLoop(options, cursor);
  reader.start();
  return { stop: () => reader.stop() };
}

class ConsumerLoop {
  private readonly bell = new Bell();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private endListening: () => void = () => {};

  constructor(
    private readonly options: ConsumerOptions,
    private readonly cursor: InboxCursor,
  ) {}

  start(): void {
    const { bus, stream } = this.options;
    this.endListening = bus.listen(stream, () => this.bell.ring());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.endListening();
    this.bell.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    const { pollMs = 2_000, logger, name, stream } = this.options;
    for (let outages = 0; !this.stopping.signal.aborted; ) {
      try {
        const hasMore = await this.readOnce();
        outages = 0;
        if (!hasMore) await this.bell.sleep(pollMs);
      } catch (err) {
        outages += 1;
        logger?.warn({ err, consumer: name, stream }, 'A consumer cannot work at present; trying again');
        await this.rest(outages);
      }
    }
  }

  /** @returns whether to look again at once */
  private async readOnce(): Promise<boolean> {
    const { bus, stream, name, observer } = this.options;
    let position = await this.cursor.read();
    const events = await bus.read(stream, position, READ_AT_ONCE);
    this.reportGap(position, events[0]?.position);
    let passedOver = position;
    for (const event of events) {
      if (this.stopping.signal.aborted) return false;
      passedOver = event.position;
      if (!this.handlerOf(event)) continue;
      if (!(await this.handle(event, position))) return false;
      position = event.position;
    }
    if (passedOver > position) await this.cursor.move(this.options.em.fork(), position, passedOver);
    if (observer?.lagged) observer.lagged(name, stream, Math.max(0, (await bus.top(stream)) - passedOver));
    return events.length === READ_AT_ONCE;
  }

  /** Applies an event, with as many attempts as it needs. @returns false when another reader has it, or on stop */
  private async handle(event: PositionedEvent, from: number): Promise<boolean> {
    while (!this.stopping.signal.aborted) {
      try {
        return await this.apply(event, from);
      } catch (error) {
        if (isOutage(error)) throw error;
        const failures = await this.cursor.countFailure(from);
        if (failures === undefined) return false;
        this.reportFailure(event, error, failures);
        if (failures >= (this.options.attempts ?? 10)) return this.bury(event, from, error, failures);
        await this.rest(failures);
      }
    }
    return false;
  }

  private async apply(positioned: PositionedEvent, from: number): Promise<boolean> {
    const { em, observer, name, stream } = this.options;
    const { position, event } = positioned;
    const handler = this.handlerOf(positioned);
    const prepared = await handler?.prepare?.(event);
    const isOurs = await transaction(em, async (tx) => {
      if (!(await this.cursor.move(tx, from, position))) return false;
      await handler?.apply(tx, event, prepared);
      return true;
    });
    if (isOurs) observer?.consumed?.(name, stream, event.type);
    return isOurs;
  }

  private async bury(event: PositionedEvent, from: number, error: unknown, failures: number): Promise<boolean> {
    const { em, observer, name, stream } = this.options;
    const isOurs = await transaction(em, async (tx) => {
      if (!(await this.cursor.move(tx, from, event.position))) return false;
      this.cursor.bury(tx, event, errorCode(error), failures);
      return true;
    });
    if (isOurs) observer?.deadLettered?.(name, stream, event.event.type);
    return isOurs;
  }

  private handlerOf({ event }: PositionedEvent): EventHandler | undefined {
    return Object.hasOwn(this.options.handlers, event.type) ? this.options.handlers[event.type] : undefined;
  }

  private rest(failures: number): Promise<void> {
    return pause(backOff(failures, this.options.firstPauseMs ?? 200, LONGEST_PAUSE_MS), this.stopping.signal);
  }

  private reportFailure({ position, event }: PositionedEvent, err: unknown, failures: number): void {
    const { observer, logger, name: consumer, stream } = this.options;
    observer?.failed?.(consumer, stream, event.type);
    logger?.warn({ err, consumer, stream, position, type: event.type, failures }, 'A consumer failed at an event');
  }

  /** A group that is new begins with what is held; one that was away for longer than history lasts has missed events. */
  private reportGap(position: number, next: number | undefined): void {
    if (next === undefined || position === 0 || next === position + 1) return;
    const { name: consumer, stream, logger } = this.options;
    logger?.error({ consumer, stream, after: position, next }, 'A consumer missed events that are no longer held');
  }
}
