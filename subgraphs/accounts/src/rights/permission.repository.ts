import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { violatedConstraint } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { sql } from 'kysely';
import type { AccountErrorCode } from '../users/user.types.js';
import { PermissionSet, RolePermissionSet, UserPermissionSet } from './permission-set.entity.js';
import { KnownPermission, RolePermission } from './role-permission.entity.js';
import { UserPermission } from './user-permission.entity.js';

/** A page of permissions that the code knows, by name. */
export function findPermissions(
  em: EntityManager,
  names: readonly string[],
  page: PageRequest,
): Promise<Connection<KnownPermission>> {
  return keysetPage(
    em,
    {
      entity: KnownPermission,
      from: sql`from accounts.known_permissions t where t.permission = any(${names}::text[])`,
      order: [{ expression: sql`t.permission`, type: 'text', direction: 'asc' }],
    },
    page,
  );
}

/** A page of permission sets, the newest first. */
export function findPermissionSets(em: EntityManager, page: PageRequest): Promise<Connection<PermissionSet>> {
  return keysetPage(
    em,
    {
      entity: PermissionSet,
      from: sql`from accounts.permission_sets t where true`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** What a role has: permissions of its own, and sets. */
export async function findSettingsOfRole(
  em: EntityManager,
  role: Role,
): Promise<{ permissions: string[]; sets: PermissionSet[] }> {
  const own = await em.find(RolePermission, { role }, { orderBy: { permission: 'asc' } });
  const given = await em.find(RolePermissionSet, { role });
  const sets = await em.find(
    PermissionSet,
    { id: { $in: given.map(({ setId }) => setId) } },
    { orderBy: { id: 'asc' } },
  );
  return { permissions: own.map(({ permission }) => permission), sets };
}

/** Puts what a role has in place of what it had; of two at once the second waits for the first. */
export async function replaceSettingsOfRole(
  tx: EntityManager,
  role: Role,
  permissions: readonly string[],
  setIds: readonly string[],
): Promise<void> {
  await tx.execute('lock table accounts.role_permissions in share row exclusive mode');
  await tx.nativeDelete(RolePermission, { role });
  await tx.nativeDelete(RolePermissionSet, { role });
  if (permissions.length > 0)
    await tx.insertMany(
      RolePermission,
      permissions.map((permission) => ({ role, permission })),
    );
  if (setIds.length > 0)
    await tx.insertMany(
      RolePermissionSet,
      setIds.map((setId) => ({ role, setId })),
    );
}

/** Sets by id, held until the transaction ends. @throws Refusal PERMISSION_SET_NOT_FOUND when one is missing */
export async function holdSets(tx: EntityManager, ids: readonly string[], field: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from accounts.permission_sets where id = any(${ids.filter(isId)}::uuid[]) order by id for share`.execute(
    tx.getKysely(),
  );
  const found = new Set(rows.map(({ id }) => id));
  if (ids.some((id) => !found.has(id))) {
    throw new Refusal<AccountErrorCode>('PERMISSION_SET_NOT_FOUND', ['input', field]);
  }
}

/** A set, locked until the transaction ends. @throws Refusal PERMISSION_SET_NOT_FOUND */
export async function lockSet(tx: EntityManager, id: string): Promise<PermissionSet> {
  const rows = isId(id) ? await tx.execute('select from accounts.permission_sets where id = ? for update', [id]) : [];
  if (rows.length === 0) throw new Refusal<AccountErrorCode>('PERMISSION_SET_NOT_FOUND', ['input', 'id']);
  return tx.findOneOrFail(PermissionSet, { id }, { refresh: true });
}

/** Writes what changed now. @throws Refusal PERMISSION_SET_NAME_TAKEN */
export async function flushSet(tx: EntityManager): Promise<void> {
  try {
    await tx.flush();
  } catch (error) {
    if (violatedConstraint(error) !== 'permission_sets_name_unique') throw error;
    throw new Refusal<AccountErrorCode>('PERMISSION_SET_NAME_TAKEN', ['input', 'name']);
  }
}

/** One person's exceptions that have not ended. */
export async function findSettingsOfUser(
  em: EntityManager,
  userId: string,
  now: Date,
): Promise<{ exceptions: UserPermission[]; sets: { set: PermissionSet; expiresAt: Date | null }[] }> {
  const unexpired = { userId, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
  const exceptions = await em.find(UserPermission, unexpired, { orderBy: { permission: 'asc' } });
  const given = await em.find(UserPermissionSet, unexpired);
  const sets = await em.find(PermissionSet, { id: { $in: given.map(({ setId }) => setId) } });
  const byId = new Map(sets.map((set) => [set.id, set]));
  return {
    exceptions,
    sets: given.flatMap(({ setId, expiresAt }) => {
      const set = byId.get(setId);
      return set ? [{ set, expiresAt: expiresAt ?? null }] : [];
    }),
  };
}

/** Forgets exceptions that ended before a moment. */
export async function deleteExceptionsExpiredBefore(em: EntityManager, moment: Date): Promise<void> {
  await em.nativeDelete(UserPermission, { expiresAt: { $lt: moment } });
  await em.nativeDelete(UserPermissionSet, { expiresAt: { $lt: moment } });
}
