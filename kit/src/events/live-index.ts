import type { DomainEvent, PositionedEvent } from './event.js';

/** Who waits for events: a queue of a subscription. */
export interface LiveListener {
  /** Absent: every event. */
  readonly keys: readonly string[] | undefined;
  offer(event: PositionedEvent): void;
  /** Nothing that it wants lies at or before this position besides what it was offered. */
  tellProgress(position: number): void;
}

/** Finds the listeners of an event by its keys, so that an event costs as much as it has listeners. */
export class LiveIndex {
  private readonly listeners = new Set<LiveListener>();
  private readonly ofAll = new Set<LiveListener>();
  private readonly byKey = new Map<string, Set<LiveListener>>();

  constructor(
    private readonly findKeys: (event: DomainEvent) => readonly string[],
    private readonly onFault: (error: unknown) => void = () => {},
  ) {}

  add(listener: LiveListener): void {
    this.listeners.add(listener);
    if (!listener.keys) this.ofAll.add(listener);
    for (const key of listener.keys ?? []) {
      const having = this.byKey.get(key);
      if (having) having.add(listener);
      else this.byKey.set(key, new Set([listener]));
    }
  }

  remove(listener: LiveListener): void {
    this.listeners.delete(listener);
    this.ofAll.delete(listener);
    for (const key of listener.keys ?? []) {
      const having = this.byKey.get(key);
      having?.delete(listener);
      if (having?.size === 0) this.byKey.delete(key);
    }
  }

  /** Offers an event to whoever has one of its keys, or asked for all; to some perhaps twice. */
  deliver(event: PositionedEvent): void {
    for (const listener of this.ofAll) listener.offer(event);
    for (const key of this.keysOf(event.event)) {
      for (const listener of this.byKey.get(key) ?? []) listener.offer(event);
    }
  }

  tellProgress(position: number): void {
    for (const listener of this.listeners) listener.tellProgress(position);
  }

  /** An event's keys; none when they cannot be told. */
  keysOf(event: DomainEvent): readonly string[] {
    try {
      return this.findKeys(event);
    } catch (error) {
      this.onFault(error);
      return [];
    }
  }
}
