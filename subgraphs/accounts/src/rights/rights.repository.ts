import type { EntityManager } from '@mikro-orm/postgresql';
import type { RightsSnapshot } from '@tutorgraph/kit/viewer/rights-snapshot';
import { User } from '../users/user.entity.js';
import { PermissionSet, RolePermissionSet, UserPermissionSet } from './permission-set.entity.js';
import { RolePermission } from './role-permission.entity.js';
import { UserPermission } from './user-permission.entity.js';

/** Permissions that roles have of their own, and sets given to roles. */
export async function findRolePermissions(
  em: EntityManager,
): Promise<{ permissions: RolePermission[]; sets: RolePermissionSet[] }> {
  return { permissions: await em.find(RolePermission, {}), sets: await em.find(RolePermissionSet, {}) };
}

/** Permissions of every set, by its id. */
export async function findSetPermissions(em: EntityManager): Promise<Map<string, readonly string[]>> {
  const sets = await em.find(PermissionSet, {});
  return new Map(sets.map(({ id, permissions }) => [id, permissions]));
}

/** Exceptions for single people, and sets given to them, that have not expired. */
export async function findUserPermissions(
  em: EntityManager,
  now: Date,
): Promise<{ permissions: UserPermission[]; sets: UserPermissionSet[] }> {
  const unexpired = { $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
  return {
    permissions: await em.find(UserPermission, unexpired),
    sets: await em.find(UserPermissionSet, unexpired),
  };
}

/** Who was given another role after a moment, and which. */
export async function findRolesChangedAfter(em: EntityManager, moment: Date): Promise<RightsSnapshot['roleChanges']> {
  const users = await em.find(User, { roleChangedAt: { $gt: moment } }, { fields: ['id', 'role', 'roleChangedAt'] });
  return users.flatMap(({ id, role, roleChangedAt }) =>
    roleChangedAt ? [{ userId: id, role, changedAt: roleChangedAt }] : [],
  );
}
