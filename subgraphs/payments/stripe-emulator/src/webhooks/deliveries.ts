import type { Engine } from '../engine.js';
import { presentEvent } from '../events/present.js';
import type { WebhookFaults } from '../faults/webhook-faults.js';
import { PLATFORM } from '../store/ids.js';
import type { Delivery } from '../store/tables.js';
import { Sender } from './sender.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long is waited after each failed attempt; then an event is given up. */
export const RETRY_DELAYS_MS: readonly number[] = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
];

const IN_FLIGHT_PER_ENDPOINT = 32;

/** One sending of an event to an endpoint. */
interface Job {
  delivery: Pick<Delivery, 'id' | 'event' | 'account' | 'endpoint'>;
  /** A second one by a fault: it is not tried again. */
  isCopy: boolean;
}

/** What may be sent to one endpoint, and how much is under way. */
interface Lane {
  ready: Job[];
  inFlight: number;
}

/**
 * Brings every event to every endpoint that listens: signed, many at a time, again until it is taken. What is owed is
 * in the store, so that a restart goes on with it.
 */
export class Deliveries {
  private readonly sender = new Sender();
  private readonly lanes = new Map<string, Lane>();
  private readonly waiting = new Map<Job, NodeJS.Timeout>();
  private readonly idle: (() => void)[] = [];
  private isRunning = false;
  private flushes = 0;

  constructor(
    private readonly engine: Engine,
    private readonly faults: WebhookFaults,
    private readonly retryDelaysMs: readonly number[],
  ) {
    engine.store.onCommit((changes) => {
      if (!this.isRunning) return;
      for (const [kind, , id] of changes) {
        const delivery = kind === 'delivery' && engine.store.find('delivery', PLATFORM, id);
        // What follows an attempt is known where it was made.
        if (delivery && delivery.attempts === 0 && !delivery.isGivenUp) this.plan(delivery);
      }
    });
    faults.onChange(() => this.sendAll());
  }

  /** Begins to send, with what was owed before. */
  start(): void {
    this.isRunning = true;
    for (const delivery of this.engine.store.rows('delivery', PLATFORM)) {
      if (!delivery.isGivenUp) this.makeReady({ delivery, isCopy: false });
    }
    this.sendAll();
  }

  stop(): void {
    this.isRunning = false;
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    this.sender.close();
    this.noteIdle();
  }

  /** Sends at once all that waits, in a pause too; resolves when nothing is under way. */
  async flush(): Promise<void> {
    if (!this.isRunning) return;
    this.flushes += 1;
    for (const [job, timer] of this.waiting) {
      clearTimeout(timer);
      this.makeReady(job);
    }
    this.waiting.clear();
    this.sendAll();
    if (this.isBusy()) await new Promise<void>((resolve) => this.idle.push(resolve));
    this.flushes -= 1;
  }

  private plan(delivery: Delivery): void {
    const { isDropped, isDoubled, delayMs } = this.faults.plan();
    if (isDropped) {
      // The commit that made it is still being told of.
      queueMicrotask(() => this.change(delivery.id, { isGivenUp: true }));
      return;
    }
    if (isDoubled) this.makeReady({ delivery, isCopy: true });
    if (delayMs > 0) this.later({ delivery, isCopy: false }, delayMs);
    else this.makeReady({ delivery, isCopy: false });
    this.sendAll();
  }

  private later(job: Job, delayMs: number): void {
    const timer = setTimeout(() => {
      this.waiting.delete(job);
      this.makeReady(job);
      this.sendAll();
    }, delayMs);
    this.waiting.set(job, timer.unref());
  }

  private makeReady(job: Job): void {
    const { endpoint } = job.delivery;
    const lane = this.lanes.get(endpoint) ?? { ready: [], inFlight: 0 };
    lane.ready.push(job);
    this.lanes.set(endpoint, lane);
  }

  private sendAll(): void {
    if (!this.isRunning || (this.faults.current.paused && this.flushes === 0)) return;
    for (const lane of this.lanes.values()) {
      while (lane.inFlight < IN_FLIGHT_PER_ENDPOINT) {
        const job = lane.ready.shift();
        if (!job) break;
        lane.inFlight += 1;
        void this.send(job)
          .catch((err: unknown) => this.engine.logger.error({ err }, 'What became of a delivery could not be noted'))
          .finally(() => {
            lane.inFlight -= 1;
            this.sendAll();
            this.noteIdle();
          });
      }
    }
  }

  private async send({ delivery, isCopy }: Job): Promise<void> {
    const { store } = this.engine;
    const target = store.find('webhook_endpoint', PLATFORM, delivery.endpoint);
    const facts = store.find('endpoint_facts', PLATFORM, delivery.endpoint);
    const body = this.bodyOf(delivery);
    if (!target || !facts || body === undefined) return this.change(delivery.id, null);
    const reason = await this.sender.send(target.url, facts.secret, body).then(
      (status) => (status >= 200 && status < 300 ? undefined : `The endpoint answered ${status}`),
      (error: unknown) => String(error),
    );
    if (reason === undefined) this.change(delivery.id, null);
    else if (!isCopy) this.tryAgain(delivery, reason);
  }

  private bodyOf({ event, account }: Job['delivery']): string | undefined {
    return this.engine.transact(
      (tx) => {
        const found = tx.find('event', event);
        return found && JSON.stringify(presentEvent(tx, found));
      },
      { account },
    );
  }

  private tryAgain(delivery: Job['delivery'], reason: string): void {
    const attempts = this.engine.store.find('delivery', PLATFORM, delivery.id)?.attempts;
    if (attempts === undefined || !this.isRunning) return;
    const delay = this.retryDelaysMs[attempts];
    const { event, endpoint } = delivery;
    this.engine.logger.debug({ event, endpoint, attempts: attempts + 1, reason }, 'An event was not taken');
    this.change(delivery.id, { attempts: attempts + 1, isGivenUp: delay === undefined });
    if (delay !== undefined) this.later({ delivery, isCopy: false }, delay);
  }

  /** Changes what is owed; null: nothing any longer. */
  private change(id: string, fields: Partial<Delivery> | null): void {
    if (!this.isRunning) return;
    this.engine.transact((tx) => {
      const delivery = tx.find('delivery', id);
      if (!delivery) return;
      if (fields) tx.put('delivery', { ...delivery, ...fields });
      else tx.remove('delivery', id);
    });
  }

  private noteIdle(): void {
    if (this.isRunning && this.isBusy()) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private isBusy(): boolean {
    return [...this.lanes.values()].some(({ ready, inFlight }) => ready.length > 0 || inFlight > 0);
  }
}
