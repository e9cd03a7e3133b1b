import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import type { PayoutAccount } from '../payout-accounts/payout-account.entity.js';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import { Withdrawal } from './withdrawal.entity.js';

/** Whose withdrawals and which. */
export interface WithdrawalQuery {
  /** The account whose they are; everybody's without it. */
  userId?: string;
  tutorId?: string | null | undefined;
  statuses?: readonly string[] | null | undefined;
}

/** A withdrawal with its tutor locked before it. */
export interface LockedWithdrawal {
  withdrawal: Withdrawal;
  account: PayoutAccount | null;
}

/** Locks a withdrawal and its tutor; null when there is none. */
export async function lockWithdrawal(tx: EntityManager, id: string): Promise<LockedWithdrawal | null> {
  // Whose it is never changes, so that it can be read before the locks.
  const known = isId(id) ? await tx.findOne(Withdrawal, { id }) : null;
  if (!known) return null;
  const account = await lockTutor(tx, known.tutorId);
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true };
  return { withdrawal: await tx.findOneOrFail(Withdrawal, { id }, lock), account };
}

/** Withdrawals, the newest first. */
export function findWithdrawals(
  em: EntityManager,
  { userId, tutorId, statuses }: WithdrawalQuery,
  page: PageRequest,
): Promise<Connection<Withdrawal>> {
  const conditions = [
    sql`true`,
    ...(userId ? [sql`t.user_id = ${userId}`] : []),
    ...(tutorId ? [isId(tutorId) ? sql`t.tutor_id = ${tutorId}` : sql`false`] : []),
    ...(statuses ? [sql`t.status = any(${[...statuses]}::text[])`] : []),
  ];
  return keysetPage(
    em,
    {
      entity: Withdrawal,
      from: sql`from payments.withdrawals t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
