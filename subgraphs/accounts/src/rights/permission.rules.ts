import { Refusal, type RefusalItem } from '@tutorgraph/kit/graphql/refusal';
import type { PermissionCatalogue } from '@tutorgraph/kit/viewer/permissions';
import { z } from 'zod';
import type { AccountErrorCode } from '../users/user.types.js';

/** Whoever could give this one could give themselves everything: only super admins have it. */
export const NOT_GRANTABLE = 'accounts.permissions.manage';

const MOST_PERMISSIONS = 500;

/** What a permission set must look like. */
export const permissionSet = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(500),
  permissions: z.array(z.string()).max(MOST_PERMISSIONS),
});

/** What a change of a permission set may hold; null means the same as leaving it out. */
export const permissionSetChange = z.object({
  id: z.string(),
  name: permissionSet.shape.name.nullish(),
  description: permissionSet.shape.description.nullish(),
  permissions: permissionSet.shape.permissions.nullish(),
});

/** @throws Refusal PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, which name the entry at fault */
export function refuseUngrantable(permissions: readonly string[], catalogue: PermissionCatalogue, field: string): void {
  const items = permissions.flatMap((permission, index): RefusalItem<AccountErrorCode>[] => {
    const path = ['input', field, String(index)];
    if (permission === NOT_GRANTABLE) return [{ code: 'PERMISSION_NOT_GRANTABLE', field: path }];
    return Object.hasOwn(catalogue, permission) ? [] : [{ code: 'PERMISSION_UNKNOWN', field: path }];
  });
  if (items.length > 0) throw new Refusal<AccountErrorCode>(items);
}
