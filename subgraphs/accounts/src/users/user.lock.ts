import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { sql } from 'kysely';
import { User } from './user.entity.js';

/** An account that nobody changes until the transaction ends; any number of transactions may hold it so. */
export function lockUserShared(tx: EntityManager, id: string): Promise<User | null> {
  return isId(id)
    ? tx.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_READ, refresh: true })
    : Promise.resolve(null);
}

/** An account that this transaction is about to change; nobody else changes or shares it until the end. */
export function lockUserForChange(tx: EntityManager, id: string): Promise<User | null> {
  return isId(id)
    ? tx.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
    : Promise.resolve(null);
}

/**
 * Locks an account's row against everybody who changes or shares it, until the transaction ends. Weaker than FOR UPDATE:
 * rows that refer to the account may be added meanwhile. Take it before the rows of its sessions.
 */
export async function lockUserAlone(tx: EntityManager, id: string): Promise<void> {
  await sql`select from accounts.users where id = ${id} for no key update`.execute(tx.getKysely());
}
