import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Payment } from '../payments/payment.entity.js';
import { Dispute } from './dispute.entity.js';
import { type DisputeStatus, isOpen, openStatuses } from './dispute.rules.js';

/** Has the bank of a payment's cardholder something to decide? */
export async function isDisputed(tx: EntityManager, paymentId: string): Promise<boolean> {
  return (await tx.count(Dispute, { paymentId, status: { $in: [...openStatuses] } })) > 0;
}

/** Can a disputed payment be refunded one day? Not once the bank has taken its money for good. */
export async function mayBeRefundedYet(tx: EntityManager, { stripeChargeId }: Payment): Promise<boolean> {
  const owners = await tx.find(Payment, { stripeChargeId, method: { $ne: 'PACKAGE' } }, { fields: ['id'] });
  const disputes = await tx.find(Dispute, { paymentId: { $in: owners.map(({ id }) => id) } }, { fields: ['status'] });
  return disputes.every(({ status }) => status !== 'LOST') || disputes.some(({ status }) => isOpen(status));
}

/** A dispute by id. */
export function findDispute(em: EntityManager, id: string): Promise<Dispute | null> {
  return isId(id) ? em.findOne(Dispute, { id }) : Promise.resolve(null);
}

/** Locks a dispute as it is now; after its payment, by whoever moves its money. */
export function lockDispute(
  tx: EntityManager,
  where: { id: string } | { stripeDisputeId: string },
): Promise<Dispute | null> {
  return tx.findOne(Dispute, where, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Disputes of payments, the first one first, batched. */
export const disputesByPayment = defineLoader<string, Dispute[]>(
  async ({ em }, paymentIds) => {
    const orderBy = { openedAt: 'asc', id: 'asc' } as const;
    const disputes = await em.find(Dispute, { paymentId: { $in: [...paymentIds] } }, { orderBy });
    return Map.groupBy(disputes, ({ paymentId }) => paymentId);
  },
  { absent: () => [] },
);

/** Which disputes are looked for; conditions add up. */
export interface DisputeSearch {
  statuses?: readonly DisputeStatus[] | null;
  paymentId?: string | null;
}

/** A page of disputes, the newest first. */
export function findDisputes(
  em: EntityManager,
  { statuses, paymentId }: DisputeSearch,
  page: PageRequest,
): Promise<Connection<Dispute>> {
  const byStatus = statuses ? sql`and t.status = any(${[...statuses]}::text[])` : sql``;
  const byPayment = paymentId ? sql`and t.payment_id::text = ${paymentId.toLowerCase()}` : sql``;
  return keysetPage(
    em,
    {
      entity: Dispute,
      from: sql`from payments.disputes t where true ${byStatus} ${byPayment}`,
      order: [
        { expression: sql`t.opened_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
