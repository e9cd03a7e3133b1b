import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { recordAudit } from '../audit/audit.repository.js';
import { rightsChanged } from '../events.js';
import { lockPair } from '../staff/staff.repository.js';
import type { User } from '../users/user.entity.js';
import { findUser } from '../users/user.repository.js';
import { shapeUser } from '../users/user.resolver.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { loadCatalogue } from './catalogue.js';
import { refuseFormer } from './configurator.js';
import { findSettingsOfUser, holdSets } from './permission.repository.js';
import { isName, refuseUngrantable } from './permission.rules.js';
import type { UserPermissionSettings } from './permission.types.js';
import { UserPermissionSet } from './permission-set.entity.js';
import { UserPermission } from './user-permission.entity.js';

type Change = 'USER_PERMISSION_GRANTED' | 'USER_PERMISSION_DENIED' | 'USER_PERMISSION_CLEARED';

/** What single people may do beyond, or in spite of, their role. */
export class UserPermissionsService {
  /** One person's exceptions; null when there is no such account. */
  async ofUser(em: EntityManager, userId: string): Promise<UserPermissionSettings | null> {
    const user = await findUser(em, userId);
    if (!user || user.erasedAt) return null;
    const { exceptions, sets } = await findSettingsOfUser(em, userId, new Date());
    return {
      user: shapeUser(user, true),
      exceptions: exceptions.map(({ permission, isGranted, expiresAt }) => {
        return { permission, isGranted, expiresAt: expiresAt ?? null };
      }),
      permissionSets: sets.map(({ set, expiresAt }) => ({ permissionSet: set, expiresAt })),
    };
  }

  /**
   * Gives or takes a permission; a later exception for the same permission takes the place of the one before.
   *
   * @throws FORBIDDEN for oneself; Refusal USER_NOT_FOUND, PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE,
   * SUPER_ADMIN_UNCHANGEABLE, INVALID_INPUT when it would end before it begins
   */
  async except(
    context: RequestContext,
    input: { userId: string; permission: string; expiresAt?: Date | null },
    isGranted: boolean,
  ): Promise<UserPermissionSettings | null> {
    const { userId, permission } = input;
    const expiresAt = futureOf(input.expiresAt);
    refuseUngrantable([permission], await loadCatalogue(), 'permission');
    return this.change(context, userId, async (tx, user) => {
      refuseSuperAdmin(user);
      const createdBy = context.user.userId;
      await tx.upsert(UserPermission, { userId, permission, isGranted, expiresAt, createdAt: new Date(), createdBy });
      const action = isGranted ? 'USER_PERMISSION_GRANTED' : 'USER_PERMISSION_DENIED';
      return { action, details: { permission, expiresAt: expiresAt?.toISOString() ?? null } };
    });
  }

  /** Forgets an exception: the role decides again; repeating it changes nothing. */
  clear(context: RequestContext, userId: string, permission: string): Promise<UserPermissionSettings | null> {
    return this.change(context, userId, async (tx) => {
      const isGone = !isName(permission) || (await tx.nativeDelete(UserPermission, { userId, permission })) === 0;
      return isGone ? undefined : { action: 'USER_PERMISSION_CLEARED', details: { permission } };
    });
  }

  /** Gives a set to one person. @throws FORBIDDEN; Refusal as for one permission, PERMISSION_SET_NOT_FOUND */
  grantSet(
    context: RequestContext,
    input: { userId: string; permissionSetId: string; expiresAt?: Date | null },
  ): Promise<UserPermissionSettings | null> {
    const { userId, permissionSetId: setId } = input;
    const expiresAt = futureOf(input.expiresAt);
    return this.change(context, userId, async (tx, user) => {
      refuseSuperAdmin(user);
      await holdSets(tx, [setId], 'permissionSetId');
      const createdBy = context.user.userId;
      await tx.upsert(UserPermissionSet, { userId, setId, expiresAt, createdAt: new Date(), createdBy });
      return { action: 'USER_PERMISSION_GRANTED', details: { setId, expiresAt: expiresAt?.toISOString() ?? null } };
    });
  }

  /** Takes a set from one person; repeating it changes nothing. */
  clearSet(context: RequestContext, userId: string, setId: string): Promise<UserPermissionSettings | null> {
    return this.change(context, userId, async (tx) => {
      const isGone = !isId(setId) || (await tx.nativeDelete(UserPermissionSet, { userId, setId })) === 0;
      return isGone ? undefined : { action: 'USER_PERMISSION_CLEARED', details: { setId } };
    });
  }

  private async change(
    context: RequestContext,
    userId: string,
    work: (tx: EntityManager, user: User) => Promise<{ action: Change; details: Record<string, unknown> } | undefined>,
  ): Promise<UserPermissionSettings | null> {
    if (context.isUser(userId)) throw forbidden('Nobody changes their own rights');
    await transaction(context.em, async (tx) => {
      const { actor, target: user } = await lockPair(tx, context.user.userId, userId);
      refuseFormer(actor);
      if (!user || user.erasedAt) throw new Refusal<AccountErrorCode>('USER_NOT_FOUND', ['input', 'userId']);
      const record = await work(tx, user);
      if (!record) return;
      recordEvent(tx, rightsChanged.create({ subject: userId, data: {} }));
      await recordAudit(tx, context, { ...record, subjectId: userId });
    });
    return this.ofUser(context.em.fork(), userId);
  }
}

/** @throws Refusal SUPER_ADMIN_UNCHANGEABLE; what they had before they became one may still be forgotten */
function refuseSuperAdmin(user: User): void {
  if (user.role === 'SUPER_ADMIN') throw new Refusal<AccountErrorCode>('SUPER_ADMIN_UNCHANGEABLE', ['input', 'userId']);
}

/** @throws Refusal INVALID_INPUT for a moment that has passed */
function futureOf(expiresAt: Date | null | undefined): Date | null {
  if (expiresAt && expiresAt <= new Date())
    throw new Refusal<AccountErrorCode>('INVALID_INPUT', ['input', 'expiresAt']);
  return expiresAt ?? null;
}
