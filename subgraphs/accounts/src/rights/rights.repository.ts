import type { EntityManager } from '@mikro-orm/postgresql';
import type { RightsSnapshot } from '@tutorgraph/kit/viewer/rights-snapshot';
import { staffRoles } from '@tutorgraph/kit/viewer/viewer';
import { sql } from 'kysely';
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

/**
 * Staff who have a permission, as rights are decided everywhere: a denial wins over role and grant, and super admins
 * have every one.
 */
export async function findStaffWith(
  em: EntityManager,
  permission: string,
  { first, after, now }: { first: number; after: string | null; now: Date },
): Promise<string[]> {
  const unexpired = (alias: string) =>
    sql`(${sql.ref(`${alias}.expires_at`)} is null or ${sql.ref(`${alias}.expires_at`)} > ${now}::timestamptz)`;
  const { rows } = await sql<{ id: string }>`
    with allowed_roles as (
      select role from accounts.role_permissions where permission = ${permission}
      union
      select given.role from accounts.role_permission_sets given
        join accounts.permission_sets s on s.id = given.set_id where ${permission} = any(s.permissions)
    ), exceptions as (
      select e.user_id, e.is_granted from accounts.user_permissions e
       where e.permission = ${permission} and ${unexpired('e')}
      union all
      select given.user_id, true from accounts.user_permission_sets given
        join accounts.permission_sets s on s.id = given.set_id
       where ${permission} = any(s.permissions) and ${unexpired('given')}
    )
    select u.id from accounts.users u
     where u.role = any(${[...staffRoles]}::text[]) and u.suspended_at is null and u.erased_at is null
       and (${after}::uuid is null or u.id > ${after}::uuid)
       and (u.role = 'SUPER_ADMIN'
            or not exists (select from exceptions e where e.user_id = u.id and not e.is_granted)
               and (u.role in (select role from allowed_roles)
                    or exists (select from exceptions e where e.user_id = u.id and e.is_granted)))
     order by u.id
     limit ${first}`.execute(em.getKysely());
  return rows.map(({ id }) => id);
}
