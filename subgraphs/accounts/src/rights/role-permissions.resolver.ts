import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { AccountError, Role } from '../users/user.types.js';
import {
  CreatePermissionSetInput,
  DeletePermissionSetInput,
  SetRolePermissionsInput,
  UpdatePermissionSetInput,
} from './permission.inputs.js';
import {
  DeletePermissionSetPayload,
  PermissionConnection,
  PermissionSetConnection,
  PermissionSetPayload,
  type PermissionSetType,
  type PermissionType,
  RolePermissionSettings,
  SetRolePermissionsPayload,
} from './permission.types.js';
import type { RolePermissionsService } from './role-permissions.service.js';

/** What roles may do, for super admins. */
@Resolver()
export class RolePermissionsResolver {
  constructor(private readonly rights: RolePermissionsService) {}

  @Requires('accounts.permissions.manage')
  @Query(() => PermissionConnection, { nullable: true, description: 'Every permission that there is, by name.' })
  permissions(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PermissionType>> {
    return this.rights.permissions(context, page);
  }

  @Requires('accounts.permissions.manage')
  @Query(() => RolePermissionSettings, { nullable: true, description: 'What a role may do.' })
  rolePermissions(
    @Arg('role', () => Role, { description: 'The role.' }) role: keyof typeof Role,
    @Ctx() context: RequestContext,
  ): Promise<RolePermissionSettings> {
    return this.rights.ofRole(context.em, role);
  }

  @Requires('accounts.permissions.manage')
  @Query(() => PermissionSetConnection, { nullable: true, description: 'Permission sets, the newest first.' })
  permissionSets(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PermissionSetType>> {
    return this.rights.sets(context, page);
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => SetRolePermissionsPayload, {
    nullable: true,
    description: 'Says what a role may do from now on; effective within a minute everywhere, without signing in again.',
  })
  setRolePermissions(
    @Arg('input', () => SetRolePermissionsInput, { description: 'The role and what it may do.' })
    input: SetRolePermissionsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      rolePermissions: await this.rights.setOfRole(context, input),
    }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => PermissionSetPayload, {
    nullable: true,
    description: 'Makes a permission set to give to roles and people.',
  })
  createPermissionSet(
    @Arg('input', () => CreatePermissionSetInput, { description: 'The new set.' }) input: CreatePermissionSetInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({ permissionSet: await this.rights.createSet(context, input) }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => PermissionSetPayload, {
    nullable: true,
    description: 'Changes a permission set, and with it what whoever has it may do.',
  })
  updatePermissionSet(
    @Arg('input', () => UpdatePermissionSetInput, { description: 'What to change.' }) input: UpdatePermissionSetInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({ permissionSet: await this.rights.updateSet(context, input) }));
  }

  @Requires('accounts.permissions.manage')
  @Mutation(() => DeletePermissionSetPayload, {
    nullable: true,
    description: 'Deletes a permission set; every role and person loses what came from it.',
  })
  deletePermissionSet(
    @Arg('input', () => DeletePermissionSetInput, { description: 'Which set.' }) input: DeletePermissionSetInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.rights.deleteSet(context, input.id);
      return { deletedPermissionSetId: input.id };
    });
  }
}
