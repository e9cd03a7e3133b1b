import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import {
  ClearUserPermissionInput,
  ClearUserPermissionSetInput,
  GrantUserPermissionSetInput,
  UserPermissionInput,
} from './permission.inputs.js';
import { UserPermissionSettings, UserPermissionsPayload } from './permission.types.js';
import type { UserPermissionsService } from './user-permissions.service.js';

/** What single people may do in spite of their role, for super admins. */
@Resolver()
export class UserPermissionsResolver {
  constructor(private readonly rights: UserPermissionsService) {}

  @Requires('accounts.permissions.manage')
  @Query(() => UserPermissionSettings, {
    nullable: true,
    description: "One person's exceptions from the role; null when there is no such account.",
  })
  userPermissions(
    @Arg('userId', () => ID, { description: 'Whose account.' }) userId: string,
    @Ctx() context: RequestContext,
  ): Promise<UserPermissionSettings | null> {
    return this.rights.ofUser(context.em, userId);
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => UserPermissionsPayload, {
    nullable: true,
    description: 'Gives a permission to one person beyond the role, for a while or for good; not to oneself.',
  })
  grantUserPermission(
    @Arg('input', () => UserPermissionInput, { description: 'The permission.' }) input: UserPermissionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      userPermissions: await this.rights.except(context, input, true),
    }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => UserPermissionsPayload, {
    nullable: true,
    description: 'Takes a permission from one person in spite of the role, for a while or for good; not from oneself.',
  })
  denyUserPermission(
    @Arg('input', () => UserPermissionInput, { description: 'The permission.' }) input: UserPermissionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      userPermissions: await this.rights.except(context, input, false),
    }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => UserPermissionsPayload, {
    nullable: true,
    description: 'Forgets an exception: the role decides again.',
  })
  clearUserPermission(
    @Arg('input', () => ClearUserPermissionInput, { description: 'The exception.' }) input: ClearUserPermissionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      userPermissions: await this.rights.clear(context, input.userId, input.permission),
    }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => UserPermissionsPayload, {
    nullable: true,
    description: 'Gives a permission set to one person, for a while or for good; not to oneself.',
  })
  grantUserPermissionSet(
    @Arg('input', () => GrantUserPermissionSetInput, { description: 'The set.' }) input: GrantUserPermissionSetInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({ userPermissions: await this.rights.grantSet(context, input) }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => UserPermissionsPayload, { nullable: true, description: 'Takes a permission set from one person.' })
  clearUserPermissionSet(
    @Arg('input', () => ClearUserPermissionSetInput, { description: 'The set.' }) input: ClearUserPermissionSetInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      userPermissions: await this.rights.clearSet(context, input.userId, input.permissionSetId),
    }));
  }
}
