import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { RefreshToken, Session } from './session.entity.js';

/** A refresh token by its hash. */
export function findRefreshToken(em: EntityManager, tokenHash: string): Promise<RefreshToken | null> {
  return em.findOne(RefreshToken, { tokenHash }, { refresh: true });
}

/** A session, locked until the transaction ends: refreshing and ending it happen one after another. */
export function lockSession(tx: EntityManager, id: string): Promise<Session | null> {
  return tx.findOne(Session, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Ids of sessions that were revoked after a moment. */
export async function findSessionsRevokedAfter(em: EntityManager, moment: Date): Promise<string[]> {
  const sessions = await em.find(Session, { revokedAt: { $gt: moment } }, { fields: ['id'] });
  return sessions.map(({ id }) => id);
}

/** Removes sessions that expired before a moment, with their tokens, at most `limit`; answers how many. */
export async function deleteSessionsExpiredBefore(em: EntityManager, moment: Date, limit: number): Promise<number> {
  const expired = await em.find(Session, { expiresAt: { $lt: moment } }, { fields: ['id'], limit });
  const ids = expired.map(({ id }) => id);
  await em.nativeDelete(RefreshToken, { sessionId: { $in: ids } });
  return em.nativeDelete(Session, { id: { $in: ids } });
}
