import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { recordAudit } from '../audit/audit.repository.js';
import { recordActiveDay } from '../dashboards/active-day.repository.js';
import type { SigningKeyService } from '../signing-keys/signing-key.service.js';
import type { User } from '../users/user.entity.js';
import { lockUserShared } from '../users/user.lock.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { describeClient } from './client-traits.js';
import { RefreshToken, Session } from './session.entity.js';
import { findOwnerOfToken, findRefreshToken, lockSession, revokeSessionRow } from './session.repository.js';
import {
  firstRefreshToken,
  hashRefreshToken,
  judgeRefresh,
  nextRefreshToken,
  type RefreshVerdict,
  refusalToSignIn,
  type SignInMethod,
  sessionExpiry,
} from './session.rules.js';

/** What a client needs to go on as somebody. */
export interface IssuedSession {
  user: User;
  sessionId: string;
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  expiresAt: Date;
}

interface OpenedSession {
  user: User;
  session: Session;
  refreshToken: string;
}

/** Opening sessions, going on with them and ending them. */
export class SessionService {
  /** @param secret derives successors of refresh tokens */
  constructor(
    private readonly keys: SigningKeyService,
    private readonly secret: string,
  ) {}

  /**
   * Opens a session for whom `admit` lets in, all in one transaction. `admit` answers the account as it is under a lock
   * (`lockUserShared` or a stronger one), or throws a refusal: so nobody enters who is being suspended, and whatever ends
   * all sessions of an account also ends this one.
   *
   * @throws Refusal ACCOUNT_SUSPENDED
   */
  async open(
    context: RequestContext,
    method: SignInMethod,
    admit: (tx: EntityManager) => Promise<User>,
  ): Promise<IssuedSession> {
    const now = new Date();
    const refreshToken = firstRefreshToken();
    const opened = await transaction(context.em, async (tx) => {
      const user = await admit(tx);
      const refusal = refusalToSignIn(user);
      if (refusal) throw new Refusal<AccountErrorCode>(refusal);
      const session = tx.create(Session, {
        id: newId(),
        userId: user.id,
        ...describeClient(context.metadata),
        createdAt: now,
        lastUsedAt: now,
        expiresAt: sessionExpiry(now, now),
        revokedAt: null,
      });
      this.store(tx, session, refreshToken, now);
      await recordActiveDay(tx, user, now);
      const details = { method, sessionId: session.id };
      await recordAudit(tx, context, { action: 'SIGNED_IN', actorId: user.id, subjectId: user.id, details });
      return { user, session, refreshToken };
    });
    return this.issue(opened, now);
  }

  /**
   * Gives the next pair of tokens for a refresh token. The same token within its grace gives the same pair; an older
   * one is a sign of theft and ends the session.
   *
   * @throws Refusal SESSION_ENDED
   */
  async refresh(context: RequestContext, refreshToken: string): Promise<IssuedSession> {
    const now = new Date();
    const next = await this.rotate(context, refreshToken, now);
    if (!next) throw new Refusal<AccountErrorCode>('SESSION_ENDED');
    return this.issue(next, now);
  }

  /** Ends the session of a refresh token, or the viewer's own; repeating it changes nothing. */
  async signOut(context: RequestContext, refreshToken: string | null | undefined): Promise<void> {
    const sessionId = await this.sessionOf(context, refreshToken);
    if (!sessionId) return;
    await transaction(context.em, async (tx) => {
      const session = await lockSession(tx, sessionId);
      if (session) revokeSessionRow(tx, session, 'SIGNED_OUT', new Date());
    });
  }

  private rotate(context: RequestContext, presented: string, now: Date): Promise<OpenedSession | undefined> {
    const successor = nextRefreshToken(presented, this.secret);
    return transaction(context.em, async (tx) => {
      const owner = await findOwnerOfToken(tx, hashRefreshToken(presented));
      if (!owner) return undefined;
      // The account first, then the session: in the order of whatever ends all sessions.
      const user = await lockUserShared(tx, owner.userId);
      const session = await lockSession(tx, owner.sessionId);
      if (!user || !session || refusalToSignIn(user)) return undefined;
      const verdict = await this.judge(tx, session, presented, successor, now);
      if (verdict === 'reused') revokeSessionRow(tx, session, 'TOKEN_REUSED', now);
      if (verdict !== 'rotate' && verdict !== 'repeat') return undefined;
      if (verdict === 'rotate') {
        Object.assign(session, describeClient(context.metadata));
        session.lastUsedAt = now;
        session.expiresAt = sessionExpiry(session.createdAt, now);
        this.store(tx, session, successor, now);
        await recordActiveDay(tx, user, now);
      }
      return { user, session, refreshToken: successor };
    });
  }

  /** Judges a token below the lock of its session, and marks it when it is replaced. */
  private async judge(
    tx: EntityManager,
    session: Session,
    presented: string,
    successor: string,
    now: Date,
  ): Promise<RefreshVerdict> {
    const token = await findRefreshToken(tx, hashRefreshToken(presented));
    if (!token) return 'revoked';
    const next = await findRefreshToken(tx, hashRefreshToken(successor));
    const verdict = judgeRefresh(session, { ...token, successorReplaced: Boolean(next?.replacedAt) }, now);
    if (verdict === 'rotate') token.replacedAt = now;
    return verdict;
  }

  private async sessionOf(
    context: RequestContext,
    refreshToken: string | null | undefined,
  ): Promise<string | undefined> {
    if (refreshToken) return (await findRefreshToken(context.em, hashRefreshToken(refreshToken)))?.sessionId;
    return context.viewer.kind === 'user' ? context.viewer.sessionId : undefined;
  }

  private store(tx: EntityManager, session: Session, refreshToken: string, now: Date): void {
    tx.create(RefreshToken, {
      tokenHash: hashRefreshToken(refreshToken),
      sessionId: session.id,
      createdAt: now,
      replacedAt: null,
    });
  }

  /** @param now from before the account was read: what changed since is newer than the token */
  private async issue({ user, session, refreshToken }: OpenedSession, now: Date): Promise<IssuedSession> {
    const access = await this.keys.issueAccessToken(user, session.id, now);
    return {
      user,
      sessionId: session.id,
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken,
      expiresAt: session.expiresAt,
    };
  }
}
