import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { Role } from '../users/user.types.js';

@InputType({ description: 'What a role may do from now on; it takes the place of what it could so far.' })
export class SetRolePermissionsInput {
  @Field(() => Role, { description: 'The role; not SUPER_ADMIN, which may do everything.' })
  declare role: keyof typeof Role;

  @Field(() => [String], { description: 'Names of permissions that it has of its own, 500 at most.' })
  declare permissions: string[];

  @Field(() => [ID], { nullable: true, description: 'Sets that it has beside them, 100 at most; none without.' })
  declare permissionSetIds?: string[] | null;
}

@InputType({ description: 'A new permission set.' })
export class CreatePermissionSetInput {
  @Field(() => String, { description: 'Its name, 1 to 80 characters; unique, whatever the case.' })
  declare name: string;

  @Field(() => String, { description: 'What it is for, at most 500 characters.' })
  declare description: string;

  @Field(() => [String], { description: 'Names of its permissions, 500 at most.' })
  declare permissions: string[];
}

@InputType({ description: 'What to change in a permission set; what is left out stays.' })
export class UpdatePermissionSetInput {
  @Field(() => ID, { description: 'Which set.' })
  declare id: string;

  @Field(() => String, { nullable: true, description: 'Its name, 1 to 80 characters.' })
  declare name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 500 characters.' })
  declare description?: string | null;

  @Field(() => [String], { nullable: true, description: 'Names of all its permissions, 500 at most.' })
  declare permissions?: string[] | null;
}

@InputType({ description: 'Which permission set to delete.' })
export class DeletePermissionSetInput {
  @Field(() => ID, { description: 'Which set.' })
  declare id: string;
}

@InputType({ description: 'A permission to give to, or to take from, one person.' })
export class UserPermissionInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;

  @Field(() => String, { description: 'The name of the permission.' })
  declare permission: string;

  @Field(() => DateTime, { nullable: true, description: 'When the exception ends by itself; never without.' })
  declare expiresAt?: Date | null;
}

@InputType({ description: 'Which exception to forget.' })
export class ClearUserPermissionInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;

  @Field(() => String, { description: 'The name of the permission.' })
  declare permission: string;
}

@InputType({ description: 'A permission set to give to one person.' })
export class GrantUserPermissionSetInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;

  @Field(() => ID, { description: 'Which set.' })
  declare permissionSetId: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; never without.' })
  declare expiresAt?: Date | null;
}

@InputType({ description: 'Which permission set to take from one person.' })
export class ClearUserPermissionSetInput {
  @Field(() => ID, { description: 'Whose account.' })
  declare userId: string;

  @Field(() => ID, { description: 'Which set.' })
  declare permissionSetId: string;
}
