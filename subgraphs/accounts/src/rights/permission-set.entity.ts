import { defineEntity, p } from '@mikro-orm/core';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { User } from '../users/user.entity.js';

const PermissionSetSchema = defineEntity({
  name: 'PermissionSet',
  tableName: 'permission_sets',
  indexes: [
    {
      name: 'permission_sets_name_unique',
      expression: 'create unique index permission_sets_name_unique on accounts.permission_sets (lower(name))',
    },
  ],
  checks: [
    { name: 'permission_sets_name_check', expression: 'length(name) >= 1 and length(name) <= 80' },
    { name: 'permission_sets_description_check', expression: 'length(description) <= 500' },
  ],
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    permissions: p.array().columnType('text[]'),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Permissions under one name, given together. */
export class PermissionSet extends PermissionSetSchema.class {}
PermissionSetSchema.setClass(PermissionSet);

const RolePermissionSetSchema = defineEntity({
  name: 'RolePermissionSet',
  tableName: 'role_permission_sets',
  primaryKeys: ['role', 'setId'],
  properties: {
    role: p.enum(roles).$type<(typeof roles)[number]>().primary(),
    setId: () => p.manyToOne(PermissionSet).mapToPk().fieldName('set_id').deleteRule('cascade').primary(),
  },
});

/** A set that a role has beside its own permissions. */
export class RolePermissionSet extends RolePermissionSetSchema.class {}
RolePermissionSetSchema.setClass(RolePermissionSet);

const UserPermissionSetSchema = defineEntity({
  name: 'UserPermissionSet',
  tableName: 'user_permission_sets',
  primaryKeys: ['userId', 'setId'],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    setId: () => p.manyToOne(PermissionSet).mapToPk().fieldName('set_id').deleteRule('cascade').primary(),
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    createdBy: p.uuid(),
  },
});

/** A set that one person has beside their role. */
export class UserPermissionSet extends UserPermissionSetSchema.class {}
UserPermissionSetSchema.setClass(UserPermissionSet);
