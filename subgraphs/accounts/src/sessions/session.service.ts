import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { sessionRevoked } from '../events.js';
import { verifyPassword } from '../passwords/password.js';
import type { SigningKeyService } from '../signing-keys/signing-key.service.js';
import type { User } from '../users/user.entity.js';
import { findUser, findUserByEmail } from '../users/user.repository.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { RefreshToken, Session } from './session.entity.js';
import { findRefreshToken, lockSession } from './session.repository.js';
import {
  firstRefreshToken,
  hashRefreshToken,
  judgeRefresh,
  nextRefreshToken,
  type RefreshVerdict,
  type SessionEnding,
  sessionExpiry,
} from './session.rules.js';
import type { SessionLimits } from './session-limits.js';

/** What a client needs to go on as somebody. */
export interface IssuedSession {
  user: User;
  sessionId: string;
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  expiresAt: Date;
}

interface Rotation {
  verdict: RefreshVerdict;
  session: Session;
  refreshToken: string;
}

/** Signing in, staying signed in and signing out. */
export class SessionService {
  /** @param secret derives successors of refresh tokens */
  constructor(
    private readonly keys: SigningKeyService,
    private readonly limits: SessionLimits,
    private readonly secret: string,
  ) {}

  /** @throws Refusal INVALID_CREDENTIALS, the same for an unknown address and a wrong password */
  async signIn(context: RequestContext, input: { email: string; password: string }): Promise<IssuedSession> {
    const email = input.email.toLowerCase();
    await this.limits.beforeSignIn(email, context.metadata.clientAddress);
    const user = await findUserByEmail(context.em, email);
    const matches = await verifyPassword(input.password, user?.passwordHash);
    if (!user || !matches) throw new Refusal<AccountErrorCode>('INVALID_CREDENTIALS');
    await this.limits.afterSignIn(email);
    return this.open(context.em, user);
  }

  /**
   * Gives the next pair of tokens for a refresh token. The same token within its grace gives the same pair; an older
   * one is a sign of theft and ends the session.
   *
   * @throws Refusal SESSION_ENDED
   */
  async refresh(context: RequestContext, refreshToken: string): Promise<IssuedSession> {
    await this.limits.beforeRefresh(context.metadata.clientAddress);
    const rotation = await this.rotate(context.em, refreshToken, new Date());
    const user = rotation && (await findUser(context.em, rotation.session.userId));
    if (!rotation || !user) throw new Refusal<AccountErrorCode>('SESSION_ENDED');
    return this.issue(user, rotation.session, rotation.refreshToken);
  }

  /** Ends the session of a refresh token, or the viewer's own; repeating it changes nothing. */
  async signOut(context: RequestContext, refreshToken: string | null | undefined): Promise<void> {
    const sessionId = await this.sessionOf(context, refreshToken);
    if (!sessionId) return;
    await transaction(context.em, async (tx) => {
      const session = await lockSession(tx, sessionId);
      if (session) this.revoke(tx, session, 'SIGNED_OUT', new Date());
    });
  }

  private async open(em: EntityManager, user: User): Promise<IssuedSession> {
    const now = new Date();
    const refreshToken = firstRefreshToken();
    const session = await transaction(em, async (tx) => {
      const opened = tx.create(Session, {
        id: newId(),
        userId: user.id,
        userAgent: null,
        networkAddress: null,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: sessionExpiry(now, now),
        revokedAt: null,
      });
      this.store(tx, opened, refreshToken, now);
      return opened;
    });
    return this.issue(user, session, refreshToken);
  }

  private async rotate(em: EntityManager, presented: string, now: Date): Promise<Rotation | undefined> {
    const successor = nextRefreshToken(presented, this.secret);
    const rotation = await transaction(em, async (tx) => {
      const known = await findRefreshToken(tx, hashRefreshToken(presented));
      const session = known && (await lockSession(tx, known.sessionId));
      if (!session) return undefined;
      // Read again below the lock: another request may have used the token in between.
      const token = await findRefreshToken(tx, hashRefreshToken(presented));
      const next = await findRefreshToken(tx, hashRefreshToken(successor));
      if (!token) return undefined;
      const verdict = judgeRefresh(session, { ...token, successorReplaced: Boolean(next?.replacedAt) }, now);
      if (verdict === 'rotate') {
        token.replacedAt = now;
        session.lastUsedAt = now;
        session.expiresAt = sessionExpiry(session.createdAt, now);
        this.store(tx, session, successor, now);
      }
      if (verdict === 'reused') this.revoke(tx, session, 'TOKEN_REUSED', now);
      return { verdict, session, refreshToken: successor };
    });
    return rotation?.verdict === 'rotate' || rotation?.verdict === 'repeat' ? rotation : undefined;
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

  private revoke(tx: EntityManager, session: Session, reason: SessionEnding, now: Date): void {
    if (session.revokedAt) return;
    session.revokedAt = now;
    recordEvent(tx, sessionRevoked.create({ subject: session.id, data: { userId: session.userId, reason } }));
  }

  private async issue(user: User, session: Session, refreshToken: string): Promise<IssuedSession> {
    const access = await this.keys.issueAccessToken(user, session.id, new Date());
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
