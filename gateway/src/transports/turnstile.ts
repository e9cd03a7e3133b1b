/** Who waits in front of a {@link Turnstile}. */
interface Waiter {
  admit(): void;
}

/** Why one was not let through. */
type NotAdmitted = 'busy' | 'overdue' | 'abandoned';

/** Lets so many through at a time; a few more wait for their turn, and the rest is refused at once. */
export class Turnstile {
  private inside = 0;
  private readonly waiting = new Set<Waiter>();

  /**
   * @param most how many may be inside
   * @param mostWaiting how many may wait
   */
  constructor(
    private readonly most: number,
    private readonly mostWaiting: number,
  ) {}

  /** Goes in if that needs no waiting. Whoever is inside calls {@link leave} once. */
  tryEnter(): boolean {
    if (this.inside >= this.most) return false;
    this.inside += 1;
    return true;
  }

  /** Waits to go in. @returns why it did not come to that, else undefined */
  enter(patienceMs: number, signal: AbortSignal | undefined): Promise<NotAdmitted | undefined> {
    if (this.tryEnter()) return Promise.resolve(undefined);
    if (this.waiting.size >= this.mostWaiting) return Promise.resolve('busy');
    if (signal?.aborted) return Promise.resolve('abandoned');
    return new Promise((resolve) => {
      const end = (outcome: NotAdmitted | undefined): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        this.waiting.delete(waiter);
        resolve(outcome);
      };
      const abandon = (): void => end('abandoned');
      const waiter: Waiter = { admit: () => end(undefined) };
      const timer = setTimeout(end, patienceMs, 'overdue');
      signal?.addEventListener('abort', abandon, { once: true });
      this.waiting.add(waiter);
    });
  }

  /** Goes out; who waits longest takes the place. */
  leave(): void {
    const [next] = this.waiting;
    if (next) next.admit();
    else this.inside -= 1;
  }
}
