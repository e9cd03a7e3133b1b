import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { AccountError, Role, UserType } from '../users/user.types.js';

@ObjectType('Permission', { simpleResolvers: true, description: 'One thing that somebody may be allowed to do.' })
export class PermissionType {
  @Field(() => String, { description: 'Its name, `<room>.<noun>.<verb>`.' })
  declare name: string;

  @Field(() => String, { description: 'What it allows.' })
  declare description: string;

  @Field(() => [Role], { description: 'Roles that had it at first; SUPER_ADMIN always has every permission.' })
  declare defaultRoles: (keyof typeof Role)[];
}

export const PermissionConnection = connectionOf(PermissionType, 'Permission');

@ObjectType('PermissionSet', { simpleResolvers: true, description: 'Permissions under one name, given together.' })
export class PermissionSetType {
  @Field(() => ID, { description: 'Identity of the set.' })
  declare id: string;

  @Field(() => String, { description: 'Its name; unique, whatever the case.' })
  declare name: string;

  @Field(() => String, { description: 'What it is for.' })
  declare description: string;

  @Field(() => [String], { description: 'Names of its permissions.' })
  declare permissions: string[];

  @Field(() => DateTime, { description: 'When it was last changed.' })
  declare updatedAt: Date;
}

export const PermissionSetConnection = connectionOf(PermissionSetType, 'PermissionSet');

@ObjectType({ simpleResolvers: true, description: 'What a role may do.' })
export class RolePermissionSettings {
  @Field(() => Role, { description: 'The role.' })
  declare role: keyof typeof Role;

  @Field(() => [String], { description: 'Names of permissions that it has of its own.' })
  declare permissions: string[];

  @Field(() => [PermissionSetType], { description: 'Sets that it has beside them.' })
  declare permissionSets: PermissionSetType[];

  @Field(() => [String], { description: 'Names of all permissions that follow.' })
  declare effectivePermissions: string[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'A permission that one person has, or has not, in spite of the role.',
})
export class PermissionException {
  @Field(() => String, { description: 'The name of the permission.' })
  declare permission: string;

  @Field(() => Boolean, { description: 'True gives it, false takes it away; what is taken away wins.' })
  declare isGranted: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the exception ends by itself; null: never.' })
  declare expiresAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'A set that one person has beside the role.' })
export class GrantedPermissionSet {
  @Field(() => PermissionSetType, { description: 'The set.' })
  declare permissionSet: PermissionSetType;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null: never.' })
  declare expiresAt: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "One person's exceptions from the role; those that ended are not told.",
})
export class UserPermissionSettings {
  @Field(() => UserType, { description: 'Whose they are.' })
  declare user: UserType;

  @Field(() => [PermissionException], { description: 'Single permissions given or taken away.' })
  declare exceptions: PermissionException[];

  @Field(() => [GrantedPermissionSet], { description: 'Sets given.' })
  declare permissionSets: GrantedPermissionSet[];
}

@ObjectType({ simpleResolvers: true, description: 'What changing the permissions of a role gave.' })
export class SetRolePermissionsPayload {
  @Field(() => RolePermissionSettings, { nullable: true, description: 'What the role may do now.' })
  declare rolePermissions?: RolePermissionSettings | null;

  @Field(() => [AccountError], {
    description:
      'Why it was refused: PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, PERMISSION_SET_NOT_FOUND, SUPER_ADMIN_UNCHANGEABLE.',
  })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'What making or changing a permission set gave.' })
export class PermissionSetPayload {
  @Field(() => PermissionSetType, { nullable: true, description: 'The set; null when it was refused.' })
  declare permissionSet?: PermissionSetType | null;

  @Field(() => [AccountError], {
    description:
      'Why it was refused: INVALID_INPUT, PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, PERMISSION_SET_NAME_TAKEN, PERMISSION_SET_NOT_FOUND.',
  })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: 'What deleting a permission set gave.' })
export class DeletePermissionSetPayload {
  @Field(() => ID, { nullable: true, description: 'Identity of the set that is gone; null when it was refused.' })
  declare deletedPermissionSetId?: string | null;

  @Field(() => [AccountError], { description: 'Why it was refused: PERMISSION_SET_NOT_FOUND.' })
  declare userErrors: AccountError[];
}

@ObjectType({ simpleResolvers: true, description: "What changing one person's exceptions gave." })
export class UserPermissionsPayload {
  @Field(() => UserPermissionSettings, { nullable: true, description: 'The exceptions now; null when it was refused.' })
  declare userPermissions?: UserPermissionSettings | null;

  @Field(() => [AccountError], {
    description:
      'Why it was refused: INVALID_INPUT, USER_NOT_FOUND, PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, PERMISSION_SET_NOT_FOUND, SUPER_ADMIN_UNCHANGEABLE.',
  })
  declare userErrors: AccountError[];
}
