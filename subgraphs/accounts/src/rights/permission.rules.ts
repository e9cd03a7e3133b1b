import { Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import type { PermissionCatalogue } from '@tutorgraph/kit/viewer/permissions';
import { type Role, roles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';
import type { AccountErrorCode } from '../users/user.types.js';

/** Whoever could give this one could give themselves everything: only super admins have it. */
export const NOT_GRANTABLE = 'accounts.permissions.manage';

const MOST_PERMISSIONS = 500;
const MOST_SETS = 100;
/** PostgreSQL holds no text with the character that ends a string in C. */
const isStorable = (text: string): boolean => !text.includes('\0');

/** What a permission set must look like. */
export const permissionSet = z.object({
  name: z.string().trim().min(1).max(80).refine(isStorable),
  description: z.string().trim().max(500).refine(isStorable),
  permissions: z.array(z.string()).max(MOST_PERMISSIONS),
});

/** What a change of a permission set may hold; null means the same as leaving it out. */
export const permissionSetChange = z.object({
  id: z.string(),
  name: permissionSet.shape.name.nullish(),
  description: permissionSet.shape.description.nullish(),
  permissions: permissionSet.shape.permissions.nullish(),
});

/** Could it be the name of a permission, also of one that the code does not know any longer? */
export function isName(permission: string): boolean {
  return /^[a-z-]+(\.[a-z-]+){2}$/.test(permission);
}

/** What a role is to have. */
export const rolePermissions = z.object({
  role: z.enum(roles),
  permissions: permissionSet.shape.permissions,
  permissionSetIds: z.array(z.string()).max(MOST_SETS).nullish(),
});

/** May a role have it at all? Whatever the tables say, one permission is that of super admins alone. */
export function mayHave(role: Role, permission: string): boolean {
  return role === 'SUPER_ADMIN' || permission !== NOT_GRANTABLE;
}

/** @throws Refusal PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, which name the entry at fault */
export function refuseUngrantable(permissions: readonly string[], catalogue: PermissionCatalogue, field: string): void {
  const items = permissions.flatMap((permission, index): RefusalItem<AccountErrorCode>[] => {
    const path = ['input', field, String(index)];
    if (permission === NOT_GRANTABLE) return [{ code: 'PERMISSION_NOT_GRANTABLE', field: path }];
    return Object.hasOwn(catalogue, permission) ? [] : [{ code: 'PERMISSION_UNKNOWN', field: path }];
  });
  if (items.length > 0) throw new Refusal<AccountErrorCode>(items);
}
