/** Something that a loop sleeps on: a ring that comes before the sleep ends it at once. */
export class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  /** Wakes the sleeper, or spares it the next sleep. */
  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /** Sleeps until the bell rings, at most so many milliseconds. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = undefined;
    this.rung = false;
  }
}

/** A growing pause in milliseconds, between half and the whole of `first` × 2^(attempt - 1), at most `longest`. */
export function backOff(attempt: number, first: number, longest: number): number {
  return Math.min(longest, first * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

/** Sleeps; an aborted signal ends it at once, without an error. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** What `work` gives, or undefined at once when the signal is aborted first; `work` itself goes on unheard. */
export function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
