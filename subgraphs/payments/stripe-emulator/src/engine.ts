import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { Clock } from './clock/clock.js';
import { Scheduler } from './clock/scheduler.js';
import type { Resource } from './resources/resource.js';
import { PLATFORM } from './store/ids.js';
import type { Store } from './store/store.js';
import { type Origin, Transaction } from './store/transaction.js';

/** In whose name and when something is done. */
export interface Occasion {
  /** @default the platform */
  account?: string;
  /** @default no request */
  origin?: Origin;
  /** Unix seconds. @default the clock's time */
  at?: number;
}

/** What everything in the emulator is done by: the store, the clock, and what comes due with it. */
export class Engine {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Where the emulator's pages are; known from listening on. */
  publicUrl = 'http://127.0.0.1:12111';

  constructor(
    readonly store: Store,
    resources: readonly Resource[],
    readonly logger: Logger,
    machineTime: () => number,
  ) {
    this.clock = new Clock(store, machineTime);
    const transact = (account: string, at: number, work: (tx: Transaction) => void) =>
      this.transact(work, { account, at });
    this.scheduler = new Scheduler(store, this.clock, transact, resources, logger);
  }

  /** One commit: everything or nothing. @see Store.commit */
  transact<Result>(work: (tx: Transaction) => Result, occasion: Occasion = {}): Result {
    const { account = PLATFORM, origin = { requestId: null, idempotencyKey: null }, at = this.clock.now() } = occasion;
    const { publicUrl } = this;
    return this.store.commit((changes) => work(new Transaction(changes, { publicUrl, origin, now: at }, account)));
  }

  /** Moves the clock and does what has come due by then. @param now unix seconds */
  setTime(now: number): void {
    this.clock.set(now);
    this.scheduler.runDue();
  }
}
