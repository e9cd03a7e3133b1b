import { setTimeout as delay } from 'node:timers/promises';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { afterCommit, transaction } from '@tutorgraph/kit/database/transaction';
import { Bell } from '@tutorgraph/kit/events/waiting';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { sql } from 'kysely';
import type Stripe from 'stripe';
import type { OperationStatus } from './operation.rules.js';
import { codeOf, isFinal, isKeyReused } from './stripe-client.js';
import { StripeOperation } from './stripe-operation.entity.js';

/** How one kind of call is made, and what becomes of its outcome. */
export interface OperationHandler<Input extends Readonly<Record<string, unknown>>, Result> {
  /** Such as `create-refund`; operations that wait in the database name it, so it never changes. */
  kind: string;
  /** Calls Stripe, with `idempotencyKey` and the operation's id in the object's metadata as `operationId`. */
  call(stripe: Stripe, input: Input, options: { idempotencyKey: string }): Promise<Result>;
  /** Finds what an earlier try has made, once Stripe may have forgotten the key; null when there is nothing. */
  find(stripe: Stripe, input: Input, operationId: string): Promise<Result | null>;
  /** Stores the result, in the transaction that also settles the operation. */
  done(tx: EntityManager, subjectId: string, result: Result, now: Date): Promise<void>;
  /** Stores that Stripe has refused for good, likewise. */
  refused(tx: EntityManager, subjectId: string, code: string, now: Date): Promise<void>;
}

// Operations of all kinds are kept together: each handler reads only inputs that it has written itself.
type AnyHandler = OperationHandler<Readonly<Record<string, unknown>>, unknown>;

/**
 * Nobody else calls meanwhile. It is short, since two calls under one key do no harm: Stripe answers the second one with
 * a conflict or with the first one's result.
 */
const CLAIM_MS = 10_000;
/** Stripe keeps idempotency keys for a day at least. */
const KEY_LIVES_MS = 23 * 60 * 60 * 1000;
const REQUEST_WAITS_MS = 25_000;
const POLL_MS = 50;
const LONGEST_PAUSE_MS = 300_000;
/** How often to look for calls that another process has left, and how many are made at once. */
const LOOK_MS = 2_000;
const AT_ONCE = 8;

/**
 * Calls to Stripe that change something: committed before they are made, with the business change that wants them, and
 * settled with what follows from their result. A process may die between any two steps; another one, or the same when it
 * is back, goes on at the next step under the same idempotency key. They are tried until Stripe has answered for good.
 */
export class StripeOperations {
  private readonly handlers = new Map<string, AnyHandler>();
  private readonly running = new Map<string, Promise<unknown>>();
  private readonly bell = new Bell();
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly em: EntityManager,
    private readonly stripe: Stripe,
    private readonly logger: Pick<Logger, 'warn' | 'error'>,
  ) {}

  /** Begins to make calls that are due, also those that another process has left. */
  start(): void {
    this.loop = this.keepGoing();
  }

  /** Finishes the calls in hand and makes no more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.bell.ring();
    await this.loop;
    await Promise.allSettled(this.running.values());
  }

  /** Adds a kind of call; before the room starts. */
  handle<Input extends Readonly<Record<string, unknown>>, Result>(handler: OperationHandler<Input, Result>): void {
    if (this.handlers.has(handler.kind)) throw new Error(`Two handlers for operation ${handler.kind}`);
    // See AnyHandler.
    this.handlers.set(handler.kind, handler as unknown as AnyHandler);
  }

  /**
   * Decides on a call, in the business transaction; it is made after the commit.
   *
   * @param options.inRequest the caller awaits {@link run} itself after the commit; others only help later
   * @returns the operation's id
   */
  async begin(
    tx: EntityManager,
    kind: string,
    { subjectId, input }: { subjectId: string; input: Readonly<Record<string, unknown>> },
    options: { inRequest?: boolean } = {},
  ): Promise<string> {
    if (!this.handlers.has(kind)) throw new Error(`No handler for operation ${kind}`);
    const id = addOperation(tx, kind, { subjectId, input }, options.inRequest ? CLAIM_MS : 0);
    if (!options.inRequest) afterCommit(this.nudge);
    return id;
  }

  /**
   * Makes a call, unless it has been made; waits while another process is at it.
   *
   * @returns how it ended
   * @throws whatever may pass when it is tried again, such as an outage; the operation stays PENDING then
   */
  async run(id: string): Promise<OperationStatus> {
    for (const until = Date.now() + REQUEST_WAITS_MS; ; ) {
      const claimed = await this.claim(id);
      if (claimed) return this.perform(claimed);
      const { status } = await this.em.fork().findOneOrFail(StripeOperation, { id }, { fields: ['status'] });
      if (status !== 'PENDING') return status;
      if (Date.now() > until) throw new Error(`Operation ${id} is still at work in another process`);
      await delay(POLL_MS);
    }
  }

  private readonly nudge = (): void => this.bell.ring();

  private async keepGoing(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.startDue();
      } catch (err) {
        this.logger.error({ err }, 'Could not look for calls to Stripe; trying again');
      }
      await this.bell.sleep(LOOK_MS);
    }
  }

  private async startDue(): Promise<void> {
    const room = AT_ONCE - this.running.size;
    if (room <= 0) return;
    const { rows } = await sql<{ id: string }>`
      select id from payments.stripe_operations
      where status = 'PENDING' and retry_at <= now() and (claimed_until is null or claimed_until < now())
      order by retry_at limit ${room}`.execute(this.em.fork().getKysely());
    for (const { id } of rows) {
      if (this.running.has(id)) continue;
      const attempt = this.attempt(id).finally(() => {
        this.running.delete(id);
        this.bell.ring();
      });
      this.running.set(id, attempt);
    }
  }

  /** What fails is stored with the operation, and says when it is tried again. */
  private async attempt(id: string): Promise<void> {
    try {
      const claimed = await this.claim(id);
      if (claimed) await this.perform(claimed);
    } catch (error) {
      // Stripe's errors hold people's data: only what it calls them is logged.
      this.logger.warn({ operation: id, code: codeOf(error) }, 'A call to Stripe failed; it is tried again');
    }
  }

  private async claim(id: string): Promise<StripeOperation | null> {
    const em = this.em.fork();
    const result = await sql`
      update payments.stripe_operations
      set claimed_until = now() + ${CLAIM_MS} * interval '1 millisecond', attempts = attempts + 1
      where id = ${id} and status = 'PENDING' and (claimed_until is null or claimed_until < now())
      returning id`.execute(em.getKysely());
    return result.rows.length > 0 ? em.findOneOrFail(StripeOperation, { id }) : null;
  }

  private async perform(operation: StripeOperation): Promise<OperationStatus> {
    const handler = this.handlers.get(operation.kind);
    if (!handler) throw new Error(`No handler for operation ${operation.kind}`);
    try {
      const result = await this.ask(handler, operation);
      return await this.settle(operation, 'DONE', (tx, now) => handler.done(tx, operation.subjectId, result, now));
    } catch (error) {
      if (!isFinal(error)) {
        await this.release(operation, error);
        throw error;
      }
      const code = error.code ?? error.type;
      return this.settle(operation, 'FAILED', (tx, now) => handler.refused(tx, operation.subjectId, code, now), code);
    }
  }

  private async ask(handler: AnyHandler, { id, input, createdAt }: StripeOperation): Promise<unknown> {
    const isForgotten = Date.now() - createdAt.getTime() > KEY_LIVES_MS;
    const found = isForgotten ? await handler.find(this.stripe, input, id) : null;
    if (found) return found;
    try {
      return await handler.call(this.stripe, input, { idempotencyKey: id });
    } catch (error) {
      // Another version of this program has asked in other words: what it has got is what counts, whatever that was.
      const made = isKeyReused(error) ? await handler.find(this.stripe, input, id) : null;
      if (made) return made;
      throw error;
    }
  }

  private async settle(
    { id }: StripeOperation,
    status: OperationStatus,
    effect: (tx: EntityManager, now: Date) => Promise<void>,
    lastError: string | null = null,
  ): Promise<OperationStatus> {
    return transaction(this.em, async (tx) => {
      const operation = await tx.findOneOrFail(StripeOperation, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (operation.status !== 'PENDING') return operation.status;
      const now = new Date();
      Object.assign(operation, { status, lastError, settledAt: now, claimedUntil: null });
      await effect(tx, now);
      return status;
    });
  }

  private async release({ id, attempts }: StripeOperation, error: unknown): Promise<void> {
    const lastError = codeOf(error);
    const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempts) * (0.5 + Math.random() / 2);
    const change = { claimedUntil: null, lastError, retryAt: new Date(Date.now() + pause) };
    await this.em.fork().nativeUpdate(StripeOperation, { id, status: 'PENDING' }, change);
  }
}

/**
 * Decides on a call where nothing of the running room is at hand; the room finds it within seconds after the commit.
 *
 * @param delayMs not before so long from now
 * @returns the operation's id
 */
export function addOperation(
  tx: EntityManager,
  kind: string,
  { subjectId, input }: { subjectId: string; input: Readonly<Record<string, unknown>> },
  delayMs = 0,
): string {
  const [id, createdAt] = [newId(), new Date()];
  const retryAt = new Date(createdAt.getTime() + delayMs);
  tx.create(StripeOperation, { id, kind, subjectId, input, status: 'PENDING', attempts: 0, retryAt, createdAt });
  return id;
}
