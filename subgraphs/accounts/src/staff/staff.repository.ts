import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { User } from '../users/user.entity.js';
import type { AccountErrorCode } from '../users/user.types.js';

/**
 * Two accounts, locked in the order of their ids until the transaction ends: of two people who act on each other at once
 * the second acts as what the first made of them.
 */
export async function lockPair(
  tx: EntityManager,
  actorId: string,
  targetId: string,
): Promise<{ actor: User | undefined; target: User | undefined }> {
  const ids = [actorId, targetId].filter(isId);
  const locked = await tx.find(
    User,
    { id: { $in: ids } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  return { actor: locked.find(({ id }) => id === actorId), target: locked.find(({ id }) => id === targetId) };
}

/** Writes what changed now. @throws Refusal EMAIL_TAKEN, USERNAME_TAKEN */
export async function flushAccount(tx: EntityManager): Promise<void> {
  try {
    await tx.flush();
  } catch (error) {
    const taken = TAKEN[violatedConstraint(error)];
    throw taken ? new Refusal<AccountErrorCode>(taken.code, ['input', taken.field]) : error;
  }
}

const TAKEN: Readonly<Record<string, { code: AccountErrorCode; field: string }>> = {
  users_verified_email_unique: { code: 'EMAIL_TAKEN', field: 'email' },
  users_username_unique: { code: 'USERNAME_TAKEN', field: 'username' },
};
