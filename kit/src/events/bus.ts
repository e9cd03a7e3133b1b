import type { PositionedEvent } from './event.js';

/** A room's numbered events as its database keeps them. */
export interface EventLog {
  /** The highest position ever given, 0 when none. */
  top(): Promise<number>;
  /** The lowest position still held. */
  oldest(): Promise<number | undefined>;
  /** Events after a position, ascending, at most `limit`. */
  read(after: number, limit: number): Promise<PositionedEvent[]>;
}

/**
 * Carries every room's events to every process: one stream a room, named after it. Within a stream events come in the
 * order of their positions.
 */
export interface EventBus {
  /** Tells where a stream's events are kept; a bus that keeps them itself need not look there. */
  attach(stream: string, log: EventLog): void;

  /**
   * Appends events, ascending, the first one following `after`. Those that the stream has already are skipped. When its
   * top is below `after`, it has lost data, and nothing is appended.
   *
   * @returns the stream's top afterwards; when that is below the last event's position, go on from there
   */
  publish(stream: string, events: readonly PositionedEvent[], after: number): Promise<number>;

  /**
   * The highest position that the stream has ever held, 0 when none. Whoever asks after `listen` hears every event above
   * the answer.
   */
  top(stream: string): Promise<number>;

  /** History after a position, ascending, at most `limit`. */
  read(stream: string, after: number, limit: number): Promise<PositionedEvent[]>;

  /** The lowest position still held. */
  oldest(stream: string): Promise<number | undefined>;

  /** Hears each event from now on, ascending, in every process; returns how to stop. A listener must not block. */
  listen(stream: string, listener: (event: PositionedEvent) => void): () => void;

  /** Drops what the bus itself holds before a position. */
  trim(stream: string, before: number): Promise<void>;

  /** Stops listening and gives connections back. */
  close(): Promise<void>;
}
