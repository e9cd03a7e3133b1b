import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { sql } from 'kysely';
import { lockPayment } from '../payments/payment.repository.js';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { settleIfDue } from './settle.js';

const PER_BATCH = 100;

/** What settling needs. */
export interface SettlingOptions {
  em: EntityManager;
  operations: StripeOperations;
  logger: Pick<Logger, 'error'>;
}

/**
 * Settles all payments whose time has come, each in a transaction of its own: one that fails is left for the next time and
 * stops no other one, and processes that do this at the same time share the work.
 */
export async function settleDue({ em, operations, logger }: SettlingOptions, signal: AbortSignal): Promise<void> {
  const failed: string[] = [];
  for (let ids = await due(em, failed); ids.length > 0; ids = await due(em, failed)) {
    for (const id of ids) {
      if (signal.aborted) return;
      try {
        if (!(await settleOne(em, operations, id))) failed.push(id);
      } catch (err) {
        failed.push(id);
        logger.error({ err, paymentId: id }, 'A payment could not be settled; it is tried again');
      }
    }
  }
}

/** @returns false when it was not due, or another process has it */
function settleOne(em: EntityManager, operations: StripeOperations, id: string): Promise<boolean> {
  return transaction(em, async (tx) => {
    const { rows } = await sql`
      select id from payments.payments where id = ${id} for update skip locked`.execute(tx.getKysely());
    const payment = rows.length > 0 ? await lockPayment(tx, id) : null;
    return payment !== null && settleIfDue(tx, operations, payment, new Date());
  });
}

async function due(em: EntityManager, except: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.payments
    where settle_at <= now() and frozen_at is null and id <> all(${[...except]}::uuid[])
    order by settle_at limit ${PER_BATCH}`.execute(em.fork().getKysely());
  return rows.map(({ id }) => id);
}
