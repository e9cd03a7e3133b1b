import { PLATFORM } from '../store/ids.js';
import type { Store } from '../store/store.js';

/** The emulator's time: the machine's, moved by what the control API says. */
export class Clock {
  constructor(
    private readonly store: Store,
    /** The machine's time in milliseconds. */
    private readonly machineTime: () => number,
  ) {}

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.milliseconds() / 1_000);
  }

  milliseconds(): number {
    return this.machineTime() + (this.store.find('clock', PLATFORM, 'clock')?.offsetMs ?? 0);
  }

  /** Goes on from this moment. @param now unix seconds */
  set(now: number): void {
    const offsetMs = now * 1_000 - this.machineTime();
    this.store.commit((changes) => changes.put('clock', PLATFORM, { id: 'clock', offsetMs }));
  }
}
