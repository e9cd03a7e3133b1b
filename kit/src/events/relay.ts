import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventBus, EventLog } from './bus.js';
import { createRelayRow, numberEvents, readOutboxState } from './numbering.js';
import type { EventObserver } from './observer.js';
import { onEventsRecorded } from './outbox.js';
import { outboxLog } from './outbox-log.js';
import { Bell, backOff } from './waiting.js';

/** What a relay needs of its room. */
export interface RelayOptions {
  /** The room's name; the stream's name too. */
  stream: string;
  em: EntityManager;
  bus: EventBus;
  /** Told of each failure; the relay goes on after a pause. */
  onFault?: (error: unknown) => void;
  observer?: EventObserver;
  /** How often to look for events that other processes recorded, in milliseconds. @default 250 */
  pollMs?: number;
}

const PUBLISHED_AT_ONCE = 500;
const BUSY_PAUSE_MS = 10;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Brings a room's committed events to the bus in one order. It first gives them positions in a transaction of its own,
 * then publishes by position, each only after the one before it is in the stream. So any number of relays may run, and
 * any may die at any moment: the others, or the next one, go on where the stream ends.
 */
export class Relay {
  private readonly log: EventLog;
  private readonly bell = new Bell();
  private stopping = false;
  private running: Promise<void> | undefined;
  private endListening: () => void = () => {};

  constructor(private readonly options: RelayOptions) {
    this.log = outboxLog(options.em);
    options.bus.attach(options.stream, this.log);
  }

  /** Starts relaying; resolves when the room's tables are known to be there. */
  async start(): Promise<void> {
    await createRelayRow(this.options.em);
    this.endListening = onEventsRecorded(this.options.em, () => this.nudge());
    this.running ??= this.run();
  }

  /** Says that there may be something to relay. */
  nudge(): void {
    this.bell.ring();
  }

  /** Finishes the pass in flight and stops. What is not published yet, the next relay publishes. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endListening();
    this.bell.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping; ) {
      try {
        const milliseconds = await this.pass();
        failures = 0;
        if (milliseconds > 0) await this.bell.sleep(milliseconds);
      } catch (error) {
        failures += 1;
        this.options.onFault?.(error);
        if (!this.stopping) await this.bell.sleep(backOff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
      }
    }
  }

  /** Numbers and publishes once. @returns milliseconds until the next look, 0 when there is more to do */
  private async pass(): Promise<number> {
    const { stream, em, bus, observer } = this.options;
    const pollMs = this.options.pollMs ?? 250;
    // Asked before numbering, so that a bus whose log is this outbox does not take the new positions for published.
    const top = await bus.top(stream);
    let { lastPosition, hasUnnumbered } = await readOutboxState(em);
    let next = pollMs;
    if (hasUnnumbered) {
      const numbered = await numberEvents(em, top);
      if (numbered) observer?.numbered?.(stream, numbered);
      next = numbered === undefined ? BUSY_PAUSE_MS : 0;
      ({ lastPosition } = await readOutboxState(em));
    }
    await this.publish(top, lastPosition);
    return next;
  }

  private async publish(from: number, lastPosition: number): Promise<void> {
    const { stream, bus, observer } = this.options;
    for (let top = from; top < lastPosition; ) {
      const events = await this.log.read(top, PUBLISHED_AT_ONCE);
      if (events.length === 0) return;
      const reached = await bus.publish(stream, events, top);
      observer?.published?.(stream, Math.max(0, reached - top));
      // Lower than what was sent when the stream has just lost data: what it lost is sent again.
      top = reached;
    }
  }
}
