import type { Redis } from 'ioredis';
import type { PositionedEvent } from './event.js';
import { decodeEntries, positionOf, type StreamEntry } from './redis-entry.js';
import { backOff, pause } from './waiting.js';

type Listener = (event: PositionedEvent) => void;

interface Followed {
  readonly stream: string;
  readonly key: string;
  readonly listeners: Set<Listener>;
  /** The last position that listeners heard; unknown until the stream's top was read. */
  seen: number | undefined;
}

/** What a tail needs of its bus. */
interface RedisTailOptions {
  /** A connection of its own: it blocks there. */
  connection: Redis;
  keyOf(stream: string): string;
  topOf(stream: string): Promise<number>;
  onFault(error: unknown): void;
}

const ENTRIES_AT_ONCE = 500;
// Entries end the wait at once; it is only this long so that a stream followed meanwhile joins soon.
const BLOCK_MS = 500;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Follows the live ends of Redis streams for all listeners of a process. After a lost connection it goes on from the last
 * position seen, so that listeners see no gap. After Redis has lost data too: a position means the same event for ever,
 * so that what the relay sends again up to that position has been heard already.
 */
export class RedisTail {
  private readonly followed = new Map<string, Followed>();
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: RedisTailOptions) {}

  /** Hears each event of a stream from now on; returns how to stop. */
  listen(stream: string, listener: Listener): () => void {
    const followed = this.followed.get(stream) ?? this.follow(stream);
    followed.listeners.add(listener);
    this.running ??= this.run();
    return () => {
      followed.listeners.delete(listener);
      if (followed.listeners.size === 0 && this.followed.get(stream) === followed) this.followed.delete(stream);
    };
  }

  /** Resolves when it is settled after which position a stream's listeners hear events. @throws when Redis is away */
  async ready(stream: string): Promise<void> {
    const followed = this.followed.get(stream);
    if (followed) await this.begin(followed);
  }

  /** Stops following. */
  async close(): Promise<void> {
    this.closing.abort();
    this.options.connection.disconnect();
    await this.running;
  }

  private follow(stream: string): Followed {
    const followed = { stream, key: this.options.keyOf(stream), listeners: new Set<Listener>(), seen: undefined };
    this.followed.set(stream, followed);
    // At once, not when the tail comes round; should it fail, the tail tries again.
    this.begin(followed).catch(() => {});
    return followed;
  }

  private async begin(followed: Followed): Promise<void> {
    if (followed.seen !== undefined) return;
    const top = await this.options.topOf(followed.stream);
    followed.seen ??= top;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.closing.signal.aborted; ) {
      try {
        await this.readOnce();
        failures = 0;
      } catch (error) {
        if (this.closing.signal.aborted) return;
        failures += 1;
        this.options.onFault(error);
        await pause(backOff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), this.closing.signal);
      }
    }
  }

  private async readOnce(): Promise<void> {
    const streams = [...this.followed.values()];
    if (streams.length === 0) return pause(FIRST_PAUSE_MS, this.closing.signal);
    await Promise.all(streams.map((followed) => this.begin(followed)));
    const keys = streams.map(({ key }) => key);
    const ids = streams.map(({ seen }) => `${seen}-0`);
    const { connection } = this.options;
    const replies = await connection.xread('COUNT', ENTRIES_AT_ONCE, 'BLOCK', BLOCK_MS, 'STREAMS', ...keys, ...ids);
    for (const [key, entries] of replies ?? []) {
      const followed = streams.find((stream) => stream.key === key);
      if (followed) this.deliver(followed, entries);
    }
  }

  private deliver(followed: Followed, entries: StreamEntry[]): void {
    for (const event of decodeEntries(entries, this.options.onFault)) {
      for (const listener of followed.listeners) this.tell(listener, event);
    }
    const last = entries.at(-1);
    if (last) followed.seen = positionOf(last);
  }

  private tell(listener: Listener, event: PositionedEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.options.onFault(error);
    }
  }
}
