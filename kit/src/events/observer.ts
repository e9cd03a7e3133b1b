/** Hears how events travel, for metrics and logs. */
export interface EventObserver {
  /** A relay gave positions to this many events. */
  numbered?(stream: string, count: number): void;
  /** A relay appended this many events to the bus. */
  published?(stream: string, count: number): void;
  /** A consumer group applied an event. */
  consumed?(consumer: string, stream: string, type: string): void;
  /** How many events a consumer group has still to look at. */
  lagged?(consumer: string, stream: string, events: number): void;
  /** A consumer group failed at an event and will try again. */
  failed?(consumer: string, stream: string, type: string): void;
  /** A consumer group gave an event up. */
  deadLettered?(consumer: string, stream: string, type: string): void;
}

/** Where events' machinery writes what an operator should know; any pino logger will do. */
export interface EventLogger {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
