import type { EventBus } from './bus.js';
import type { PositionedEvent } from './event.js';
import { EventRing } from './event-ring.js';
import { pause } from './waiting.js';

const READ_AT_ONCE = 500;
const RETRY_MS = 50;

/** What a live stream can say of the past: its ring, and behind that the bus's log. */
export class LiveHistory {
  private readonly ring: EventRing;

  /**
   * @param patienceMs how long to wait for positions that the bus should have and has not: it may have lost data, and the
   * relay is just sending it again
   */
  constructor(
    private readonly stream: string,
    private readonly bus: EventBus,
    private readonly ringSize: number,
    private readonly patienceMs: number,
  ) {
    this.ring = new EventRing(ringSize);
  }

  /** Fills the ring with what came before the first live event. */
  async load(top: number): Promise<void> {
    const recent = await this.bus.read(this.stream, Math.max(0, top - this.ringSize), this.ringSize);
    for (const event of recent) if (event.position <= top) this.ring.push(event);
  }

  push(event: PositionedEvent): void {
    this.ring.push(event);
  }

  /**
   * The events right after a position, without a hole; at least one, since `upTo` is above it.
   *
   * @returns undefined when they are gone, and an empty list when the signal ended the wait
   */
  async after(position: number, upTo: number, signal: AbortSignal): Promise<PositionedEvent[] | undefined> {
    const recent = this.ring.after(position, READ_AT_ONCE);
    if (recent?.length) return recent;
    const giveUpAt = performance.now() + this.patienceMs;
    for (let missed = false; !signal.aborted; ) {
      const events = await this.bus.read(this.stream, position, READ_AT_ONCE);
      if (events[0]) return events[0].position === position + 1 ? withoutHole(events) : undefined;
      const isThere = (await this.bus.top(this.stream)) >= upTo;
      // The top was read after the events: what is missing may have come in between, so that it must be missed twice.
      if (performance.now() > giveUpAt || (isThere && missed)) return undefined;
      missed = isThere;
      if (!isThere) await pause(RETRY_MS, signal);
    }
    return [];
  }

  /** Has the stream come as far as this position, or does it within our patience? */
  async reaches(position: number, signal: AbortSignal): Promise<boolean> {
    const giveUpAt = performance.now() + this.patienceMs;
    while (!signal.aborted) {
      if ((await this.bus.top(this.stream)) >= position) return true;
      if (performance.now() > giveUpAt) return false;
      await pause(RETRY_MS, signal);
    }
    return true;
  }
}

function withoutHole(events: PositionedEvent[]): PositionedEvent[] {
  const first = events[0]?.position ?? 0;
  const hole = events.findIndex(({ position }, index) => position !== first + index);
  return hole === -1 ? events : events.slice(0, hole);
}
