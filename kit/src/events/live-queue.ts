import type { DomainEvent, PositionedEvent } from './event.js';
import type { LiveIndex, LiveListener } from './live-index.js';

/** What a queue tells: an event, or that there was none up to a position. */
interface Next {
  position: number;
  event: DomainEvent | null;
}

/** Events that wait for one subscription, bounded. */
export class LiveQueue implements LiveListener {
  readonly keys: readonly string[] | undefined;
  private readonly types: ReadonlySet<string> | undefined;
  private readonly limit: number;
  private waiting: PositionedEvent[] = [];
  private last = 0;
  private progress = 0;
  private full = false;
  private wake: () => void = () => {};

  constructor(
    private readonly index: LiveIndex,
    filter: { keys?: readonly string[]; types?: readonly string[]; bufferLimit?: number },
    private readonly signal: AbortSignal,
  ) {
    this.keys = filter.keys;
    this.types = filter.types && new Set(filter.types);
    this.limit = filter.bufferLimit ?? 1_000;
  }

  /** More came than fits. Nothing is buffered any more; what was is dropped. */
  get overflowed(): boolean {
    return this.full;
  }

  /** Buffers from now on. It ends with the signal even when nobody takes anything. */
  attach(): void {
    this.full = false;
    this.index.add(this);
    this.signal.addEventListener('abort', this.end, { once: true });
  }

  /** Stops buffering. */
  detach(): void {
    this.index.remove(this);
    this.signal.removeEventListener('abort', this.end);
  }

  offer(event: PositionedEvent): void {
    if (event.position === this.last || (this.types && !this.types.has(event.event.type))) return;
    this.last = event.position;
    if (this.waiting.length < this.limit) {
      this.waiting.push(event);
    } else {
      this.waiting = [];
      this.full = true;
      this.index.remove(this);
    }
    this.wake();
  }

  tellProgress(position: number): void {
    if (this.waiting.length > 0) return;
    this.progress = position;
    this.wake();
  }

  /** Does an event that was read from the log belong here? */
  wants(event: DomainEvent, keys: readonly string[]): boolean {
    if (this.types && !this.types.has(event.type)) return false;
    return !this.keys || this.keys.some((key) => keys.includes(key));
  }

  /** The next event after a position, or how far there was none. */
  take(after: number): Next | undefined {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      if (next.position > after) return next;
    }
    const position = this.progress;
    return position > after && !this.full ? { position, event: null } : undefined;
  }

  /** Resolves when there is something to take, or the signal has ended. */
  async wait(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.wake = () => {};
  }

  private readonly end = (): void => {
    this.detach();
    this.waiting = [];
    this.wake();
  };
}
