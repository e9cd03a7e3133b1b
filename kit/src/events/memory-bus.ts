import type { EventBus, EventLog } from './bus.js';
import type { PositionedEvent } from './event.js';

type Listener = (event: PositionedEvent) => void;

interface Stream {
  log: EventLog | undefined;
  /** Known from the first question on: what the log held then, and what was published since. */
  top: number | undefined;
  readonly listeners: Set<Listener>;
}

/**
 * The bus of a single process. It keeps nothing itself: a stream's history is the outbox of the room that owns it, so
 * that it is there after a restart. A stream that no relay has attached yet is empty.
 */
export class MemoryEventBus implements EventBus {
  private readonly streams = new Map<string, Stream>();

  /** @param onFault told when a listener throws */
  constructor(private readonly onFault: (error: unknown) => void = () => {}) {}

  attach(stream: string, log: EventLog): void {
    this.stream(stream).log = log;
  }

  async publish(stream: string, events: readonly PositionedEvent[], after: number): Promise<number> {
    const known = this.stream(stream);
    let top = await this.top(stream);
    if (top < after) return top;
    for (const event of events) {
      // Listeners run in between: read again what is known, not a copy.
      top = known.top ?? top;
      if (event.position <= top) continue;
      known.top = event.position;
      for (const listener of known.listeners) this.tell(listener, event);
    }
    return known.top ?? top;
  }

  async top(stream: string): Promise<number> {
    const known = this.stream(stream);
    if (known.top !== undefined) return known.top;
    const top = (await known.log?.top()) ?? 0;
    if (known.log) known.top ??= top;
    return known.top ?? top;
  }

  async read(stream: string, after: number, limit: number): Promise<PositionedEvent[]> {
    const top = await this.top(stream);
    const events = (await this.stream(stream).log?.read(after, limit)) ?? [];
    return events.filter(({ position }) => position <= top);
  }

  async oldest(stream: string): Promise<number | undefined> {
    return this.stream(stream).log?.oldest();
  }

  listen(stream: string, listener: Listener): () => void {
    const { listeners } = this.stream(stream);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  async trim(): Promise<void> {
    // The outbox is the history: what is purged there is gone here.
  }

  async close(): Promise<void> {
    this.streams.clear();
  }

  private stream(name: string): Stream {
    const known = this.streams.get(name);
    if (known) return known;
    const stream: Stream = { log: undefined, top: undefined, listeners: new Set() };
    this.streams.set(name, stream);
    return stream;
  }

  private tell(listener: Listener, event: PositionedEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.onFault(error);
    }
  }
}
