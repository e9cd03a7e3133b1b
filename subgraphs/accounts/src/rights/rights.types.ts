import { Directive, Field, ObjectType } from 'type-graphql';
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
@ObjectType({ simpleResolvers: true, description: 'Everything a process must know to decide; for our services only.' })
export class RightsSnapshot {
  @Field(() => [RolePermissions], { description: 'Permissions by role.' })
  declare roles: RolePermissions[];

  @Field(() => [String], { description: 'Sessions that were ended while their access tokens may be unexpired.' })
  declare revokedSessions: string[];
}
