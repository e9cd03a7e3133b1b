import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { sql } from 'kysely';
import { User } from '../users/user.entity.js';
import { AccountDeletion } from './account-deletion.entity.js';

/** Somebody's wish to have their account deleted, locked until the transaction ends. */
export function lockDeletion(tx: EntityManager, userId: string): Promise<AccountDeletion | null> {
  return tx.findOne(AccountDeletion, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Whose accounts are to be erased by now, the longest due first. */
export async function findDueDeletions(em: EntityManager, now: Date, limit: number): Promise<string[]> {
  const due = { dueAt: { $lte: now }, erasedAt: null };
  const found = await em.find(AccountDeletion, due, { fields: ['userId'], orderBy: { dueAt: 'asc' }, limit });
  return found.map(({ userId }) => userId);
}

/**
 * Is there a super admin besides this one who can sign in and stays? Every super admin's account is locked until the
 * transaction ends, so that of the last two only one can leave.
 */
export async function hasOtherSuperAdmin(tx: EntityManager, userId: string): Promise<boolean> {
  const admins = { role: 'SUPER_ADMIN', erasedAt: null } as const;
  await tx.find(User, admins, {
    fields: ['id'],
    orderBy: { id: 'asc' },
    lockMode: LockMode.PESSIMISTIC_WRITE,
    refresh: true,
  });
  const { rows } = await sql`
    select from accounts.users u
     where role = 'SUPER_ADMIN' and erased_at is null and suspended_at is null and id <> ${userId}
       and not exists (select from accounts.account_deletions d where d.user_id = u.id) limit 1`.execute(
    tx.getKysely(),
  );
  return rows.length > 0;
}

/** Notes that a room has erased somebody. @returns false when that was noted before */
export async function insertErasedPart(tx: EntityManager, userId: string, room: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into accounts.erased_parts (user_id, room, erased_at)
    values (${userId}, ${room}, ${new Date()}) on conflict do nothing`.execute(tx.getKysely());
  return numAffectedRows === 1n;
}

/** Which rooms have erased somebody. */
export async function findErasedRooms(tx: EntityManager, userId: string): Promise<Set<string>> {
  const { rows } = await sql<{ room: string }>`
    select room from accounts.erased_parts where user_id = ${userId}`.execute(tx.getKysely());
  return new Set(rows.map(({ room }) => room));
}

/** When accounts will be erased that are to be, batched. */
export const deletionsDue = defineLoader<string, Date | null>(
  async ({ em }, ids) => {
    const waiting = { userId: { $in: ids.filter(isId) }, erasedAt: null };
    const found = await em.find(AccountDeletion, waiting, { fields: ['userId', 'dueAt'], refresh: true });
    return new Map(found.map(({ userId, dueAt }) => [userId, dueAt]));
  },
  { absent: () => null },
);
