import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { sql } from 'kysely';
import { z } from 'zod';
import type { StripeOperations } from '../stripe/stripe-operations.js';
import { lockTransfer } from './transfer.repository.js';
import { beginTransfer } from './transfer-calls.js';

const payload = z.object({ tutorId: z.uuid().optional() });
/** The job that {@link transferWaitingSharesJob} makes. */
export type TransferWaitingShares = JobDefinition<typeof payload>;

/** Transfers shares that waited for their tutor's account, or that Stripe has refused before. */
export function transferWaitingSharesJob(em: EntityManager, operations: StripeOperations): TransferWaitingShares {
  return defineJob({
    name: 'transfer-waiting-shares',
    description:
      'Transfers shares that waited until their tutor can be paid; daily also those that Stripe has refused.',
    payload,
    cron: '20 5 * * *',
    handler: async ({ tutorId }, { signal }) => {
      for (const id of await waitingShares(em, tutorId)) {
        signal.throwIfAborted();
        await transaction(em, (tx) => transferWaiting(tx, operations, id));
      }
    },
  });
}

async function waitingShares(em: EntityManager, tutorId: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from payments.transfers t join payments.payout_accounts a on a.tutor_id = t.tutor_id
    where t.status = 'WAITING' and a.transfers_enabled ${tutorId ? sql`and t.tutor_id = ${tutorId}` : sql``}
    order by t.created_at, t.id`.execute(em.fork().getKysely());
  return rows.map(({ id }) => id);
}

async function transferWaiting(tx: EntityManager, operations: StripeOperations, id: string): Promise<void> {
  const locked = await lockTransfer(tx, id);
  if (locked?.transfer.status !== 'WAITING') return;
  const { transfer, payment, account } = locked;
  if (!(account?.transfersEnabled && account.stripeAccountId)) return;
  // While a cardholder disputes the payment it waits on: it may have to go back.
  if (payment?.frozenAt) return;
  await beginTransfer(tx, operations, { transfer, payment, account: account.stripeAccountId });
}
