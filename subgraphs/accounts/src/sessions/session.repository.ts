import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { sessionRevoked } from '../events.js';
import { lockUserAlone } from '../users/user.lock.js';
import { RefreshToken, Session } from './session.entity.js';
import type { SessionEnding } from './session.rules.js';

/** A refresh token by its hash. */
export function findRefreshToken(em: EntityManager, tokenHash: string): Promise<RefreshToken | null> {
  return em.findOne(RefreshToken, { tokenHash }, { refresh: true });
}

/** Which session a refresh token belongs to, and whose that is; as far as can be told without a lock. */
export async function findOwnerOfToken(
  tx: EntityManager,
  tokenHash: string,
): Promise<{ sessionId: string; userId: string } | undefined> {
  const { rows } = await sql<{ sessionId: string; userId: string }>`
    select s.id as "sessionId", s.user_id as "userId"
      from accounts.refresh_tokens t join accounts.sessions s on s.id = t.session_id
     where t.token_hash = ${tokenHash}`.execute(tx.getKysely());
  return rows[0];
}

/** A session, locked until the transaction ends: refreshing and ending it happen one after another. */
export function lockSession(tx: EntityManager, id: string): Promise<Session | null> {
  return tx.findOne(Session, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Ends a locked session and records the event. @returns false when it was over already */
export function revokeSessionRow(tx: EntityManager, session: Session, reason: SessionEnding, now: Date): boolean {
  if (session.revokedAt) return false;
  session.revokedAt = now;
  recordEvent(tx, sessionRevoked.create({ subject: session.id, data: { userId: session.userId, reason } }));
  return true;
}

/** A page of the sessions with which somebody may go on, the newest use first. */
export function findLiveSessionsOf(
  em: EntityManager,
  userId: string,
  now: Date,
  page: PageRequest,
): Promise<Connection<Session>> {
  return keysetPage(
    em,
    {
      entity: Session,
      from: sql`from accounts.sessions t where t.user_id = ${userId} and t.revoked_at is null and t.expires_at > ${now}`,
      order: [
        { expression: sql`t.last_used_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
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

/**
 * Ends every session of somebody in the transaction of what makes that needful: refresh tokens are worth nothing from its
 * commit on, access tokens within seconds.
 *
 * The account's row stays locked until the transaction ends. Signing in and refreshing lock it too (shared), so that
 * whichever is in flight either commits before, and its session is among those that end here, or sees what was changed.
 *
 * @param exceptSessionId a session that goes on
 * @returns how many were ended; an event was recorded for each
 */
export async function revokeSessionsOf(
  tx: EntityManager,
  userId: string,
  reason: SessionEnding,
  exceptSessionId?: string,
): Promise<number> {
  await lockUserAlone(tx, userId);
  // One that has expired and was not yet removed ends too: an access token may outlive its session by minutes.
  const { rows: ended } = await sql<{ id: string }>`
    update accounts.sessions set revoked_at = ${new Date()}
     where user_id = ${userId} and revoked_at is null and id is distinct from ${exceptSessionId ?? null}
    returning id`.execute(tx.getKysely());
  for (const { id } of ended) recordEvent(tx, sessionRevoked.create({ subject: id, data: { userId, reason } }));
  return ended.length;
}
