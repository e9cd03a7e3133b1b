import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Payment } from '../payments/payment.entity.js';
import { LessonPackage } from './package.entity.js';
import { movePackage } from './package.transitions.js';

/** Packages by id, batched. */
export const packagesById = defineLoader<string, LessonPackage | null>(
  async ({ em }, ids) => {
    const packages = await em.find(LessonPackage, { id: { $in: ids.filter(isId) } });
    return new Map(packages.map((one) => [one.id, one]));
  },
  { absent: () => null },
);

/** Locks a package as it is now; after the payment that it concerns. */
export async function lockPackage(tx: EntityManager, id: string): Promise<LessonPackage | null> {
  // Reading it anew would lose what this transaction has changed before.
  await tx.flush();
  return tx.findOne(LessonPackage, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Locks the payment by which a package was bought; before the package itself. */
export function lockPaymentOfPackage(tx: EntityManager, packageId: string): Promise<Payment | null> {
  return tx.findOne(
    Payment,
    { packageId, kind: 'PACKAGE', status: { $ne: 'CANCELLED' } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** Ends the package that a payment was for and that will not be paid. The payment is locked. */
export async function cancelPackageOf(tx: EntityManager, { packageId }: Payment, now: Date): Promise<void> {
  const lessons = await lockPackage(tx, packageId ?? '');
  if (lessons?.status === 'PENDING') movePackage(lessons, 'CANCELLED', now);
}

/** A page of somebody's packages that were paid or wait for it, the newest first. */
export function findPackagesOf(
  em: EntityManager,
  studentId: string,
  page: PageRequest,
): Promise<Connection<LessonPackage>> {
  return keysetPage(
    em,
    {
      entity: LessonPackage,
      from: sql`from payments.packages t where t.student_id = ${studentId} and t.status <> 'CANCELLED'`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** Ids of packages whose time is over. */
export async function findOverdue(
  em: EntityManager,
  now: Date,
  except: readonly string[],
  limit: number,
): Promise<string[]> {
  const found = await em.find(
    LessonPackage,
    { status: 'ACTIVE', validUntil: { $lte: now }, id: { $nin: [...except] } },
    { fields: ['id'], orderBy: { validUntil: 'asc' }, limit },
  );
  return found.map(({ id }) => id);
}
