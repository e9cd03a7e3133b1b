import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { Payment } from './payment.entity.js';

/** Payments by id, batched. */
export const paymentsById = defineLoader<string, Payment | null>(
  async ({ em }, ids) => {
    const payments = await em.find(Payment, { id: { $in: ids.filter(isId) } });
    return new Map(payments.map((payment) => [payment.id, payment]));
  },
  { absent: () => null },
);

/** Locks a payment as it is now; whoever moves its money does so first. */
export function lockPayment(tx: EntityManager, id: string): Promise<Payment | null> {
  return tx.findOne(Payment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
