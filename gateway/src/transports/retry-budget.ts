/** How many retries may be. */
export interface RetryBudgetOptions {
  /** Retries that each fetch adds to what may be spent: one in five, as in Finagle. @default 0.2 */
  perFetch?: number;
  /** Retries that each second adds, so that what is seldom asked may be asked again too. @default 1 */
  perSecond?: number;
  /** Most that can be saved, and what there is at first. @default 20 */
  most?: number;
}

/**
 * A token bucket of retries. Where most fetches fail, asking each again would double the load on what fails under its
 * load: beyond the budget they fail at once.
 */
export class RetryBudget {
  private readonly perFetch: number;
  private readonly perMs: number;
  private readonly most: number;
  private saved: number;
  private filledAt = performance.now();

  constructor({ perFetch = 0.2, perSecond = 1, most = 20 }: RetryBudgetOptions = {}) {
    this.perFetch = perFetch;
    this.perMs = perSecond / 1_000;
    this.most = most;
    this.saved = most;
  }

  /** A fetch is sent for the first time. */
  deposit(): void {
    this.saved = Math.min(this.most, this.saved + this.perFetch);
  }

  /** Takes a retry out. @returns false when there is none */
  withdraw(): boolean {
    const now = performance.now();
    this.saved = Math.min(this.most, this.saved + (now - this.filledAt) * this.perMs);
    this.filledAt = now;
    if (this.saved < 1) return false;
    this.saved -= 1;
    return true;
  }
}
