import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { PermissionCatalogue } from '@tutorgraph/kit/viewer/permissions';
import type { RightsSnapshot } from '@tutorgraph/kit/viewer/rights-snapshot';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { rightsChanged } from '../events.js';
import { findSessionsRevokedAfter } from '../sessions/session.repository.js';
import { ACCESS_TOKEN_SECONDS } from '../signing-keys/signing-key.service.js';
import { isName, mayHave, NOT_GRANTABLE } from './permission.rules.js';
import {
  findRolePermissions,
  findRolesChangedAfter,
  findSetPermissions,
  findStaffWith,
  findUserPermissions,
} from './rights.repository.js';
import { KnownPermission, RolePermission } from './role-permission.entity.js';

const CLOCK_TOLERANCE_SECONDS = 60;
const MOST_STAFF_AT_ONCE = 1_000;

/** Permissions behind roles, and what every process copies to decide. */
export class RightsService {
  /**
   * Gives permissions that are new in the code to their default roles; SUPER_ADMIN gets every one. What was configured
   * since stays. Replicas that start together do it once.
   */
  async introduce(em: EntityManager, catalogue: PermissionCatalogue): Promise<void> {
    const known = await em.fork().find(KnownPermission, {});
    const names = new Set(known.map(({ permission }) => permission));
    const unknown = Object.entries(catalogue).filter(([name]) => !names.has(name));
    if (unknown.length === 0) return;
    await transaction(em, async (tx) => {
      await tx.upsertMany(
        KnownPermission,
        unknown.map(([permission]) => ({ permission })),
        { onConflictAction: 'ignore' },
      );
      await tx.upsertMany(
        RolePermission,
        unknown.flatMap(([permission, defaults]) =>
          [...new Set(['SUPER_ADMIN' as const, ...defaults.roles])].map((role) => ({ role, permission })),
        ),
        { onConflictAction: 'ignore' },
      );
      recordEvent(tx, rightsChanged.create({ subject: 'roles', data: {} }));
    });
  }

  /**
   * Permissions of roles and exceptions for single people, those of sets among them, and what has changed within an
   * access token's life: roles that tokens may not name yet, and sessions that were ended.
   */
  async snapshot(em: EntityManager): Promise<RightsSnapshot> {
    const now = new Date();
    const since = new Date(now.getTime() - (ACCESS_TOKEN_SECONDS + CLOCK_TOLERANCE_SECONDS) * 1000);
    const ofSets = await findSetPermissions(em);
    return {
      roles: await permissionsByRole(em, ofSets),
      userPermissions: await exceptionsOfUsers(em, ofSets, now),
      roleChanges: await findRolesChangedAfter(em, since),
      revokedSessions: await findSessionsRevokedAfter(em, since),
    };
  }

  /** Ids of staff who have a permission now, in their order; nobody for a permission that there is not. */
  staffWith(em: EntityManager, permission: string, page: { first: number; after: string | null }): Promise<string[]> {
    if (!isName(permission)) return Promise.resolve([]);
    const first = Math.min(Math.max(page.first, 1), MOST_STAFF_AT_ONCE);
    const after = page.after && isId(page.after) ? page.after : null;
    return findStaffWith(em, permission, { first, after, now: new Date() });
  }
}

type SetPermissions = ReadonlyMap<string, readonly string[]>;

async function permissionsByRole(em: EntityManager, ofSets: SetPermissions): Promise<RightsSnapshot['roles']> {
  const { permissions, sets } = await findRolePermissions(em);
  return roles.map((role) => {
    const own = permissions.filter((row) => row.role === role).map(({ permission }) => permission);
    const given = sets.filter((row) => row.role === role).flatMap(({ setId }) => ofSets.get(setId) ?? []);
    return { role, permissions: [...new Set([...own, ...given])].filter((name) => mayHave(role, name)) };
  });
}

async function exceptionsOfUsers(
  em: EntityManager,
  ofSets: SetPermissions,
  now: Date,
): Promise<RightsSnapshot['userPermissions']> {
  const { permissions, sets } = await findUserPermissions(em, now);
  const own = permissions.map(({ userId, permission, isGranted, expiresAt }) => {
    return { userId, permission, isGranted, until: expiresAt ?? null };
  });
  const given = sets.flatMap(({ userId, setId, expiresAt }) =>
    (ofSets.get(setId) ?? []).map((permission) => {
      return { userId, permission, isGranted: true, until: expiresAt ?? null };
    }),
  );
  return [...own, ...given].filter(({ permission, isGranted }) => !isGranted || permission !== NOT_GRANTABLE);
}
