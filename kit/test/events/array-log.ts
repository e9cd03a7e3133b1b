import type { EventLog } from '../../src/events/bus.js';
import type { DomainEvent, PositionedEvent } from '../../src/events/event.js';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { ROOM, sampleTaken } from './event-room.js';

/** A room's log in memory, for tests that are about what comes behind it. */
export class ArrayLog implements EventLog {
  private events: PositionedEvent[] = [];
  private last = 0;

  async top(): Promise<number> {
    return this.last;
  }

  async oldest(): Promise<number | undefined> {
    return this.events[0]?.position;
  }

  async read(after: number, limit: number): Promise<PositionedEvent[]> {
    return this.events.filter(({ position }) => position > after).slice(0, limit);
  }

  /** Adds a sample with the next position. */
  add(subject = 'a'): PositionedEvent {
    return this.put(sampleTaken.create({ subject, data: { number: this.last + 1 } }));
  }

  /** Adds any event with the next position. */
  put(event: DomainEvent): PositionedEvent {
    this.last += 1;
    const positioned = { position: this.last, event };
    this.events.push(positioned);
    return positioned;
  }

  /** Forgets what lies before a position. */
  purge(before: number): void {
    this.events = this.events.filter(({ position }) => position >= before);
  }
}

/** A bus with a log of its own, to which events come as from a relay. */
export function busWithLog(log = new ArrayLog()) {
  const bus = new MemoryEventBus();
  bus.attach(ROOM, log);
  const publish = async (...subjects: string[]): Promise<void> => {
    await bus.top(ROOM);
    for (const subject of subjects) {
      const positioned = log.add(subject);
      await bus.publish(ROOM, [positioned], positioned.position - 1);
    }
  };
  return { bus, log, publish };
}
