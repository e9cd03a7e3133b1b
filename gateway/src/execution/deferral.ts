import type { PlanRun } from './plan-run.js';

/** What runs a deferred part once others have brought what it builds on. Never rejects. */
type RunPart = (run: PlanRun) => Promise<void>;

/** The deferred parts of one run of a plan: which are fetched, and which fetches they wait for. */
export class Deferral {
  /** Parts that were fetched, by label, each with what went wrong. */
  readonly fetched = new Map<string, PlanRun>();
  /** Fetches that parts wait for, by the planner's names. */
  private readonly awaited = new Map<string, PromiseWithResolvers<void>>();
  private underway = 0;
  private isLeft = false;
  private changed = Promise.withResolvers<void>();

  /** Has the client left? Then nothing more is fetched. */
  get isAbandoned(): boolean {
    return this.isLeft;
  }

  /** Is nothing fetched any more, so that all that can be known is known? */
  get isOver(): boolean {
    return this.underway === 0;
  }

  /** Fetches a part as soon as the fetches that it needs are done. */
  start(label: string | undefined, needs: readonly string[], { run, part }: { run: PlanRun; part: RunPart }): void {
    this.underway += 1;
    const own = run.branch();
    Promise.all(needs.map((fetch) => this.awaitFetch(fetch).promise))
      .then(() => part(own))
      .catch((error: unknown) => own.noteFault(error))
      .finally(() => {
        this.underway -= 1;
        if (label !== undefined) this.fetched.set(label, own);
        this.changed.resolve();
        this.changed = Promise.withResolvers();
      });
  }

  /** The client has left. */
  abandon(): void {
    this.isLeft = true;
    this.changed.resolve();
  }

  /** A fetch is done, or will not be sent. */
  settle(fetch: string): void {
    this.awaitFetch(fetch).resolve();
  }

  /** Resolves when one more part was fetched. */
  nextFetched(): Promise<void> {
    return this.changed.promise;
  }

  private awaitFetch(fetch: string): PromiseWithResolvers<void> {
    const known = this.awaited.get(fetch);
    if (known) return known;
    const awaited = Promise.withResolvers<void>();
    this.awaited.set(fetch, awaited);
    return awaited;
  }
}
