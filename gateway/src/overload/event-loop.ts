import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;
const NANOSECONDS = 1_000_000;

/**
 * Knows how late this process does what is due, on average of half a second: of the last two such times the better. One long
 * turn does not make it late; it is when turn after turn takes long. Node measures it by itself; a plugin would add no more
 * than a reading of it.
 */
export class EventLoop {
  private readonly delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly reading: NodeJS.Timeout;
  private lateMs = 0;
  private lateBeforeMs = 0;

  constructor(everyMs = 500) {
    this.delays.enable();
    this.reading = setInterval(() => this.read(), everyMs).unref();
  }

  /** Milliseconds by which it is late. */
  get delayMs(): number {
    return Math.min(this.lateMs, this.lateBeforeMs);
  }

  close(): void {
    clearInterval(this.reading);
    this.delays.disable();
  }

  private read(): void {
    const { count, mean } = this.delays;
    this.lateBeforeMs = this.lateMs;
    if (count > 0) this.lateMs = Math.max(0, mean / NANOSECONDS - RESOLUTION_MS);
    this.delays.reset();
  }
}
