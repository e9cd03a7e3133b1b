import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Payment } from './payment.entity.js';
import type { PaymentStatus } from './payment.rules.js';

/** Payments by id, batched. */
export const paymentsById = defineLoader<string, Payment | null>(
  async ({ em }, ids) => {
    const payments = await em.find(Payment, { id: { $in: ids.filter(isId) } });
    return new Map(payments.map((payment) => [payment.id, payment]));
  },
  { absent: () => null },
);

/** Locks a payment as it is now; whoever moves its money does so first. */
export async function lockPayment(tx: EntityManager, id: string): Promise<Payment | null> {
  // Reading it anew would lose what this transaction has changed before, as of the refunds of one charge.
  await tx.flush();
  return tx.findOne(Payment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Locks the payment of a lesson that has not ended unpaid; there is one at most. */
export function lockPaymentOfBooking(tx: EntityManager, bookingId: string): Promise<Payment | null> {
  return tx.findOne(
    Payment,
    { bookingId, kind: 'LESSON', status: { $ne: 'CANCELLED' } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** Locks the payment of somebody's course that has neither ended unpaid nor gone back; there is one at most. */
export function lockPaymentOfCourse(tx: EntityManager, payerId: string, courseId: string): Promise<Payment | null> {
  return tx.findOne(
    Payment,
    { payerId, courseId, kind: 'COURSE', status: { $nin: ['CANCELLED', 'REFUNDED'] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** Open payments whose time is over, in the order of their ids from one on. */
export function findOverdue(em: EntityManager, now: Date, after: string, limit: number): Promise<Payment[]> {
  return em.find(
    Payment,
    { status: { $in: ['PENDING', 'PROCESSING'] }, expiresAt: { $lte: now }, ...(after && { id: { $gt: after } }) },
    { orderBy: { id: 'asc' }, limit },
  );
}

/** The payment of each lesson: the one that counts, or the last one that ended unpaid. Batched. */
export const paymentsByBooking = defineLoader<string, Payment | null>(
  async ({ em }, bookingIds) => {
    const payments = await em.find(
      Payment,
      { bookingId: { $in: bookingIds.filter(isId) } },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    const ofEach = Map.groupBy(payments, ({ bookingId }) => bookingId);
    return new Map(
      [...ofEach].map(([id, all]) => [id, all.find(({ status }) => status !== 'CANCELLED') ?? all.at(-1) ?? null]),
    );
  },
  { absent: () => null },
);

/** The payment by which each package was bought, the last one. Batched. */
export const paymentsByPackage = defineLoader<string, Payment | null>(
  async ({ em }, packageIds) => {
    const payments = await em.find(
      Payment,
      { packageId: { $in: packageIds.filter(isId) }, kind: 'PACKAGE' },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
    return new Map(payments.map((payment) => [payment.packageId, payment]));
  },
  { absent: () => null },
);

/** Which payments to list. */
export interface PaymentSelection {
  payerId?: string | null | undefined;
  tutorId?: string | null | undefined;
  bookingId?: string | null | undefined;
  packageId?: string | null | undefined;
  status?: PaymentStatus | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

/** A page of payments, the newest first. */
export function findPayments(
  em: EntityManager,
  { payerId, tutorId, bookingId, packageId, status, from, to }: PaymentSelection,
  page: PageRequest,
): Promise<Connection<Payment>> {
  const refers = (column: string, id: string | null | undefined) =>
    id ? [isId(id) ? sql`${sql.ref(column)} = ${id}` : sql`false`] : [];
  const conditions = [
    ...refers('t.payer_id', payerId),
    ...refers('t.tutor_id', tutorId),
    ...refers('t.booking_id', bookingId),
    ...refers('t.package_id', packageId),
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(from ? [sql`t.created_at >= ${from}`] : []),
    ...(to ? [sql`t.created_at < ${to}`] : []),
  ];
  return keysetPage(
    em,
    {
      entity: Payment,
      from: sql`from payments.payments t where ${sql.join([sql`true`, ...conditions], sql` and `)}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
