import type { EventLog } from '@tutorgraph/kit/events/bus';
import { defineEvent, type PositionedEvent } from '@tutorgraph/kit/events/event';
import { MemoryEventBus } from '@tutorgraph/kit/events/memory-bus';
import { z } from 'zod';

/** The stream's name, which is the subgraph's. */
export const HALLS = 'halls';
const data = z.object({ hallId: z.string(), text: z.string(), by: z.string() });
/** Somebody called something into a hall. */
export const callMade = defineEvent({ type: 'tutorgraph.halls.call.made.v1', description: 'x', data });
/** Somebody may not listen to a hall any more. */
export const listenerRemoved = defineEvent({
  type: 'tutorgraph.halls.listener.removed.v1',
  description: 'x',
  data: z.object({ hallId: z.string(), userId: z.string() }),
});

type HallEvent = ReturnType<typeof callMade.create> | ReturnType<typeof listenerRemoved.create>;

/** What happened in the halls, in order, as a room's outbox and relay tell it; and who may listen now. */
export class HallLog {
  readonly bus = new MemoryEventBus();
  readonly listeners = new Map<string, Set<string>>();
  private readonly events: PositionedEvent[] = [];
  private published = Promise.resolve();

  constructor() {
    const log: EventLog = {
      top: async () => this.events.length,
      read: async (after, limit) => this.events.slice(after, after + limit),
      oldest: async () => this.events[0]?.position,
    };
    this.bus.attach(HALLS, log);
  }

  get top(): number {
    return this.events.length;
  }

  mayListen(hallId: string, userId: string): boolean {
    return this.listeners.get(hallId)?.has(userId) ?? false;
  }

  /** From now on they may listen. */
  admit(hallId: string, ...userIds: string[]): void {
    this.listeners.set(hallId, new Set([...(this.listeners.get(hallId) ?? []), ...userIds]));
  }

  /** Calls, one after the other, heard all at once. */
  call(hallId: string, ...texts: string[]): Promise<void> {
    return this.append(texts.map((text) => callMade.create({ subject: hallId, data: { hallId, text, by: 'p1' } })));
  }

  /** They may not listen from now on; `texts` are called right behind, in the same batch. */
  remove(hallId: string, userId: string, ...texts: string[]): Promise<void> {
    this.listeners.get(hallId)?.delete(userId);
    return this.append([
      listenerRemoved.create({ subject: hallId, data: { hallId, userId } }),
      ...texts.map((text) => callMade.create({ subject: hallId, data: { hallId, text, by: 'p1' } })),
    ]);
  }

  private append(events: readonly HallEvent[]): Promise<void> {
    const top = this.events.length;
    const positioned = events.map((event, index) => ({ position: top + index + 1, event }));
    this.events.push(...positioned);
    this.published = this.published.then(async () => void (await this.bus.publish(HALLS, positioned, top)));
    return this.published;
  }
}
