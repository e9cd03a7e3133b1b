import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { lockTutor } from '../payout-accounts/payout-account.repository.js';
import { PremiumMembership } from './premium-membership.entity.js';

/** Locks a membership and its tutor; null when there is none. */
export async function lockMembership(tx: EntityManager, id: string): Promise<PremiumMembership | null> {
  // Whose it is never changes, so that it can be read before the locks.
  const known = isId(id) ? await tx.findOne(PremiumMembership, { id }) : null;
  if (!known) return null;
  await lockTutor(tx, known.tutorId);
  return tx.findOne(PremiumMembership, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** The membership of an account that has not ended; null when there is none. */
export function currentMembership(em: EntityManager, userId: string): Promise<PremiumMembership | null> {
  return em.findOne(PremiumMembership, { userId, status: { $ne: 'ENDED' } });
}

/** The last membership of an account; null when there was never one. */
export function lastMembership(em: EntityManager, userId: string): Promise<PremiumMembership | null> {
  return em.findOne(PremiumMembership, { userId }, { orderBy: { createdAt: 'desc' } });
}
