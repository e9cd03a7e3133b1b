import { defineEntity, p } from '@mikro-orm/core';
import { roles } from '@tutorgraph/kit/viewer/viewer';

const RolePermissionSchema = defineEntity({
  name: 'RolePermission',
  tableName: 'role_permissions',
  primaryKeys: ['role', 'permission'],
  properties: {
    role: p.enum(roles).$type<(typeof roles)[number]>().primary(),
    permission: p.text().primary(),
  },
});

/** A permission that a role has. */
export class RolePermission extends RolePermissionSchema.class {}
RolePermissionSchema.setClass(RolePermission);

const KnownPermissionSchema = defineEntity({
  name: 'KnownPermission',
  tableName: 'known_permissions',
  properties: { permission: p.text().primary() },
});

/** A permission whose default roles were given once; from then on roles are as they were configured. */
export class KnownPermission extends KnownPermissionSchema.class {}
KnownPermissionSchema.setClass(KnownPermission);
