import { setTimeout as delay } from 'node:timers/promises';

/** Something that lasts until its client leaves. */
export interface Lasting {
  /** Tells the client to go and come back elsewhere; resolves once it has gone, or was cut off. */
  leave(comeBackAfterMs: number): Promise<void>;
}

/** Clients wait for so long before they come back, each for another time. */
const COME_BACK_FROM_MS = 500;
const COME_BACK_UNTIL_MS = 5_000;
/** Few are told to go at once: one after so many milliseconds, unless the time is short for that. */
const ONE_EVERY_MS = 5;
const SLICE_MS = 25;

/** A moment at which a client should come back, other for each, in milliseconds from now. */
export function comeBackAfterMs(): number {
  return Math.round(COME_BACK_FROM_MS + Math.random() * (COME_BACK_UNTIL_MS - COME_BACK_FROM_MS));
}

/**
 * Lets clients of a process that stops go one after the other, each with its own time to come back: who takes them over
 * gets them spread out.
 */
export class Drain {
  private readonly lasting = new Set<Lasting>();
  private begun: Promise<void> | undefined;

  /** What is new is refused from now on. */
  get isDraining(): boolean {
    return this.begun !== undefined;
  }

  /** Watches over something until it is over; what comes too late has to leave at once. @returns what to call then */
  add(lasting: Lasting): () => void {
    this.lasting.add(lasting);
    if (this.isDraining) void lasting.leave(comeBackAfterMs());
    return () => void this.lasting.delete(lasting);
  }

  /** Lets all go within a span; resolves when all have gone. */
  run(withinMs: number): Promise<void> {
    this.begun ??= this.drain(withinMs);
    return this.begun;
  }

  private async drain(withinMs: number): Promise<void> {
    const waiting = [...this.lasting];
    const span = Math.min(withinMs, waiting.length * ONE_EVERY_MS);
    const slices = Math.max(1, Math.ceil(span / SLICE_MS));
    const leaving: Promise<void>[] = [];
    for (let slice = 1; waiting.length > 0; slice += 1) {
      const share = Math.ceil(waiting.length / Math.max(1, slices - slice + 1));
      for (const lasting of waiting.splice(0, share)) {
        if (this.lasting.has(lasting)) leaving.push(lasting.leave(comeBackAfterMs()));
      }
      if (waiting.length > 0) await delay(SLICE_MS);
    }
    await Promise.all(leaving);
  }
}
