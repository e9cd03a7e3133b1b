import { setTimeout as delay } from 'node:timers/promises';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { sql } from 'kysely';
import Stripe from 'stripe';
import { z } from 'zod';
import type { OperationStatus } from './operation.rules.js';
import { isFinal } from './stripe-client.js';
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

const payload = z.object({ id: z.uuid() });
const CLAIM_MS = 60_000;
/** Stripe keeps idempotency keys for a day at least. */
const KEY_LIVES_MS = 23 * 60 * 60 * 1000;
const REQUEST_WAITS_MS = 15_000;
const POLL_MS = 50;

/**
 * Calls to Stripe that change something: committed before they are made, with the business change that wants them, and
 * settled with what follows from their result. A process may die between any two steps; a job goes on at the next one,
 * under the same idempotency key.
 */
export class StripeOperations {
  private readonly handlers = new Map<string, AnyHandler>();
  private readonly job: JobDefinition<typeof payload>;
  readonly jobs: readonly JobDefinition[];

  constructor(
    private readonly em: EntityManager,
    private readonly stripe: Stripe,
  ) {
    this.job = defineJob({
      name: 'run-stripe-operation',
      description: 'Makes one call to Stripe, or goes on with it after a crash.',
      payload,
      retries: 12,
      retryDelaySeconds: 2,
      timeoutSeconds: CLAIM_MS / 1_000,
      concurrency: 4,
      handler: async ({ id }) => {
        await this.run(id);
      },
    });
    this.jobs = [
      this.job,
      defineJob({
        name: 'sweep-stripe-operations',
        description: 'Goes on with calls to Stripe whose job was lost or has given up.',
        payload: z.object({}),
        cron: '*/5 * * * *',
        retries: 0,
        handler: (_payload, { signal }) => this.sweep(signal),
      }),
    ];
  }

  /** Adds a kind of call; before the room starts. */
  handle<Input extends Readonly<Record<string, unknown>>, Result>(handler: OperationHandler<Input, Result>): void {
    if (this.handlers.has(handler.kind)) throw new Error(`Two handlers for operation ${handler.kind}`);
    // See AnyHandler.
    this.handlers.set(handler.kind, handler as unknown as AnyHandler);
  }

  /**
   * Decides on a call, in the business transaction; a job makes it after the commit.
   *
   * @param options.inRequest the caller awaits {@link run} itself after the commit; the job only comes to help later
   * @returns the operation's id
   */
  async begin(
    tx: EntityManager,
    kind: string,
    { subjectId, input }: { subjectId: string; input: Readonly<Record<string, unknown>> },
    options: { inRequest?: boolean; now?: Date } = {},
  ): Promise<string> {
    if (!this.handlers.has(kind)) throw new Error(`No handler for operation ${kind}`);
    const { inRequest = false, now = new Date() } = options;
    const id = newId();
    tx.create(StripeOperation, { id, kind, subjectId, input, status: 'PENDING', attempts: 0, createdAt: now });
    const startAfter = inRequest ? new Date(Date.now() + CLAIM_MS) : undefined;
    await enqueue(tx, this.job, { id }, { ...(startAfter && { startAfter }) });
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

  /** Goes on with all that is left over. */
  private async sweep(signal: AbortSignal): Promise<void> {
    const before = new Date(Date.now() - 2 * CLAIM_MS);
    const left = await this.em
      .fork()
      .find(
        StripeOperation,
        { status: 'PENDING', createdAt: { $lt: before } },
        { orderBy: { createdAt: 'asc' }, limit: 500 },
      );
    for (const { id } of left) {
      signal.throwIfAborted();
      // One that fails must not keep the others waiting; its error is stored with it.
      await this.run(id).catch(() => undefined);
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
        await this.release(operation.id, error);
        throw error;
      }
      const code = error.code ?? error.type;
      return this.settle(operation, 'FAILED', (tx, now) => handler.refused(tx, operation.subjectId, code, now), code);
    }
  }

  private async ask(handler: AnyHandler, { id, input, createdAt }: StripeOperation): Promise<unknown> {
    const isForgotten = Date.now() - createdAt.getTime() > KEY_LIVES_MS;
    const found = isForgotten ? await handler.find(this.stripe, input, id) : null;
    return found ?? handler.call(this.stripe, input, { idempotencyKey: id });
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

  private async release(id: string, error: unknown): Promise<void> {
    const lastError = error instanceof Stripe.errors.StripeError ? (error.code ?? error.type) : 'unreachable';
    await this.em.fork().nativeUpdate(StripeOperation, { id, status: 'PENDING' }, { claimedUntil: null, lastError });
  }
}
