import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden, unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { recordAudit } from '../audit/audit.repository.js';
import { rightsChanged, userRegistered, userRestored, userRoleChanged, userSuspended, userUpdated } from '../events.js';
import type { NoticeService } from '../notices/notice.service.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import { User } from '../users/user.entity.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { mayManage, mayOpen } from './hierarchy.rules.js';
import { flushAccount, lockPair } from './staff.repository.js';
import { accountChange, newAccount, type SuspensionReason } from './staff.rules.js';

/** What staff does with accounts of lower roles. */
export class StaffService {
  constructor(private readonly notices: NoticeService) {}

  /**
   * Opens an account without a password; its owner sets one by a reset. Staff vouches for the address.
   *
   * @throws FORBIDDEN for a role that the viewer may not give; Refusal EMAIL_TAKEN, USERNAME_TAKEN
   */
  async open(context: RequestContext, input: unknown): Promise<User> {
    const wanted = accept(newAccount, input, context.locale);
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const { actor } = await lockPair(tx, context.user.userId, context.user.userId);
      if (!mayOpen(activeRole(actor), wanted.role))
        throw forbidden(`Your role may not open accounts of ${wanted.role}`);
      const user = tx.create(User, {
        id: newId(),
        ...wanted,
        locale: wanted.locale ?? context.locale,
        timeZone: wanted.timeZone ?? 'UTC',
        emailVerifiedAt: now,
        createdAt: now,
        updatedAt: now,
      });
      await flushAccount(tx);
      recordEvent(tx, userRegistered.create({ subject: user.id, data: { role: wanted.role } }));
      await this.notices.request(tx, user.id, 'ACCOUNT_CREATED');
      await recordAudit(tx, context, { action: 'USER_CREATED', subjectId: user.id, details: { role: user.role } });
      return user;
    });
  }

  /** Changes what staff may change of an account. @throws FORBIDDEN; Refusal USER_NOT_FOUND, EMAIL_TAKEN, USERNAME_TAKEN */
  async change(context: RequestContext, input: unknown): Promise<User> {
    const { userId, ...change } = accept(accountChange, input, context.locale);
    return this.act(context, userId, async (tx, user) => {
      const former = user.email ?? null;
      const changed = Object.entries(change).filter(([, value]) => value !== null && value !== undefined);
      Object.assign(user, Object.fromEntries(changed), { updatedAt: new Date() });
      if (change.email) user.emailVerifiedAt = new Date();
      await flushAccount(tx);
      recordEvent(tx, userUpdated.create({ subject: user.id, data: {} }));
      if (change.email && former !== change.email) await this.notices.request(tx, user.id, 'EMAIL_CHANGED', former);
      const details = { fields: changed.map(([field]) => field) };
      await recordAudit(tx, context, { action: 'USER_UPDATED', subjectId: user.id, details });
    });
  }

  /** Makes somebody something else; effective within seconds, without signing in again. @throws FORBIDDEN */
  changeRole(context: RequestContext, userId: string, to: Role): Promise<User> {
    return this.act(context, userId, async (tx, user, actorRole) => {
      if (!mayManage(actorRole, to)) throw forbidden(`Your role may not make anybody ${to}`);
      const from = user.role;
      if (from === to) return;
      const now = new Date();
      Object.assign(user, { role: to, roleChangedAt: now, updatedAt: now });
      recordEvent(tx, userRoleChanged.create({ subject: user.id, data: { from, to } }));
      recordEvent(tx, rightsChanged.create({ subject: user.id, data: {} }));
      await recordAudit(tx, context, { action: 'ROLE_CHANGED', subjectId: user.id, details: { from, to } });
    });
  }

  /** Ends every session and lets nobody in again until restored; repeating it changes nothing. @throws FORBIDDEN */
  suspend(context: RequestContext, userId: string, reason: SuspensionReason): Promise<User> {
    return this.act(context, userId, async (tx, user) => {
      if (user.suspendedAt) return;
      const now = new Date();
      Object.assign(user, { suspendedAt: now, updatedAt: now });
      await revokeSessionsOf(tx, user.id, 'SUSPENDED');
      recordEvent(tx, userSuspended.create({ subject: user.id, data: {} }));
      await recordAudit(tx, context, { action: 'USER_SUSPENDED', subjectId: user.id, details: { reason } });
    });
  }

  /** Lets a suspended account in again; repeating it changes nothing. @throws FORBIDDEN */
  restore(context: RequestContext, userId: string): Promise<User> {
    return this.act(context, userId, async (tx, user) => {
      if (!user.suspendedAt) return;
      Object.assign(user, { suspendedAt: null, updatedAt: new Date() });
      recordEvent(tx, userRestored.create({ subject: user.id, data: {} }));
      await recordAudit(tx, context, { action: 'USER_RESTORED', subjectId: user.id });
    });
  }

  /** Does something to an account that is below the viewer's, as both are now and not as the token says. */
  private act(
    context: RequestContext,
    userId: string,
    work: (tx: EntityManager, user: User, actorRole: Role) => Promise<void>,
  ): Promise<User> {
    return transaction(context.em, async (tx) => {
      const { actor, target } = await lockPair(tx, context.user.userId, userId);
      const actorRole = activeRole(actor);
      if (!target || target.erasedAt) throw new Refusal<AccountErrorCode>('USER_NOT_FOUND', ['input', 'userId']);
      if (!mayManage(actorRole, target.role)) throw forbidden('Your role may not act on this account');
      await work(tx, target, actorRole);
      return target;
    });
  }
}

function activeRole(actor: User | undefined): Role {
  if (!actor || actor.suspendedAt || actor.erasedAt) throw unauthenticated();
  return actor.role;
}
