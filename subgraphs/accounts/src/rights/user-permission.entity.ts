import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

const UserPermissionSchema = defineEntity({
  name: 'UserPermission',
  tableName: 'user_permissions',
  primaryKeys: ['userId', 'permission'],
  indexes: [{ name: 'user_permissions_expiry', properties: ['expiresAt'] }],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    permission: p.text().primary(),
    /** True gives the permission beyond the role's, false takes it away in spite of the role. */
    isGranted: p.boolean(),
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    createdBy: p.uuid(),
  },
});

/** An exception for one person. */
export class UserPermission extends UserPermissionSchema.class {}
UserPermissionSchema.setClass(UserPermission);
