import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Role } from '../users/user.types.js';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'The permissions behind one role; for our services only.' })
export class RolePermissions {
  @Field(() => Role, { description: 'The role.' })
  declare role: keyof typeof Role;

  @Field(() => [String], { description: 'Names of its permissions.' })
  declare permissions: string[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'An exception for one person; for our services only.' })
export class UserPermissionException {
  @Field(() => ID, { description: 'Whose it is.' })
  declare userId: string;

  @Field(() => String, { description: 'The name of the permission.' })
  declare permission: string;

  @Field(() => Boolean, { description: "True gives it beyond the role's, false takes it away in spite of the role." })
  declare isGranted: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the exception ends; null: never.' })
  declare until: Date | null;
}

@Directive('@inaccessible')
@ObjectType({
  simpleResolvers: true,
  description: 'A role that access tokens from before the change do not name; for our services only.',
})
export class RoleChange {
  @Field(() => ID, { description: 'Whose role it is.' })
  declare userId: string;

  @Field(() => Role, { description: 'The role since then.' })
  declare role: keyof typeof Role;

  @Field(() => DateTime, { description: 'When it became theirs.' })
  declare changedAt: Date;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'Everything a process must know to decide; for our services only.' })
export class RightsSnapshot {
  @Field(() => [RolePermissions], { description: 'Permissions by role.' })
  declare roles: RolePermissions[];

  @Field(() => [UserPermissionException], { description: 'Exceptions for single people that have not expired.' })
  declare userPermissions: UserPermissionException[];

  @Field(() => [RoleChange], { description: "Roles that changed within an access token's life." })
  declare roleChanges: RoleChange[];

  @Field(() => [String], { description: 'Sessions that were ended while their access tokens may be unexpired.' })
  declare revokedSessions: string[];
}
