import type { PositionedEvent } from './event.js';

/** The youngest events of a stream, without holes, so that most who resume need not ask the log. */
export class EventRing {
  private events: PositionedEvent[] = [];

  /** @param size how many are held; up to twice as many for a while */
  constructor(private readonly size: number) {}

  /** Adds the next event; after a hole the ring begins anew. */
  push(event: PositionedEvent): void {
    const last = this.events.at(-1);
    if (last && event.position !== last.position + 1) this.events = [];
    this.events.push(event);
    if (this.events.length >= 2 * this.size) this.events = this.events.slice(-this.size);
  }

  /** The events that follow a position, or undefined when the ring does not reach back so far. */
  after(position: number, limit: number): PositionedEvent[] | undefined {
    const first = this.events[0]?.position;
    if (first === undefined || position + 1 < first) return undefined;
    const index = position + 1 - first;
    return this.events.slice(index, index + limit);
  }
}
