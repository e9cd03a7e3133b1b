import type { ExecutionResult } from 'graphql';
import { SharedAnswer } from './broadcast-event.js';

/** An event of the client's own. */
export interface OwnEvent {
  /** Its position; none when the subgraph's events have no cursor. */
  readonly cursor: string | undefined;
  /** How much of it is held while it waits, in bytes. */
  bytes(): number;
  /** Makes the client's result of it. */
  answer(): Promise<ExecutionResult>;
}

/** How much may wait for one client. */
export interface WaitingLimits {
  events: number;
  /** One event alone may be larger. */
  bytes: number;
}

/** What waits for one client, in order. Bytes are counted of what goes on waiting only: most events do not. */
export class WaitingEvents {
  private readonly events: (OwnEvent | SharedAnswer)[] = [];
  /** So many from the front are counted. */
  private counted = 0;
  private bytes = 0;

  constructor(private readonly limits: WaitingLimits) {}

  get size(): number {
    return this.events.length;
  }

  get first(): OwnEvent | SharedAnswer | undefined {
    return this.events[0];
  }

  /** @returns false when there are too many already */
  push(event: OwnEvent | SharedAnswer): boolean {
    if (this.events.length >= this.limits.events) return false;
    this.events.push(event);
    return true;
  }

  /** Takes the first one out. */
  shift(): void {
    const event = this.events.shift();
    if (!event || this.counted === 0) return;
    this.counted -= 1;
    this.bytes -= bytesOf(event) ?? 0;
  }

  clear(): void {
    this.events.length = 0;
    this.counted = 0;
    this.bytes = 0;
  }

  /** Is more held than may be? An answer that is not known yet is not counted, nor is what comes after it. */
  get isTooLarge(): boolean {
    for (let event = this.events[this.counted]; event; event = this.events[this.counted]) {
      const bytes = bytesOf(event);
      if (bytes === undefined) break;
      this.bytes += bytes;
      this.counted += 1;
    }
    return this.bytes > this.limits.bytes && this.events.length > 1;
  }
}

function bytesOf(event: OwnEvent | SharedAnswer): number | undefined {
  return event instanceof SharedAnswer ? event.bytes : event.bytes();
}
