import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { User } from '../users/user.entity.js';
import { shapeUser } from '../users/user.resolver.js';
import { AccountError } from '../users/user.types.js';
import type { StaffService } from './staff.service.js';
import {
  ChangeRoleInput,
  ChangeRolePayload,
  CreateUserInput,
  CreateUserPayload,
  RestoreUserInput,
  RestoreUserPayload,
  SuspendUserInput,
  SuspendUserPayload,
  UpdateUserInput,
  UpdateUserPayload,
} from './staff.types.js';

/** What staff does with accounts of lower roles. */
@Resolver()
export class StaffResolver {
  constructor(private readonly staff: StaffService) {}

  @Requires('accounts.users.manage')
  @Mutation(() => CreateUserPayload, {
    nullable: true,
    description:
      'Opens an account of a role below yours (an admin may open another admin). It has no password: its owner sets one with requestPasswordReset.',
  })
  createUser(
    @Arg('input', () => CreateUserInput, { description: 'The new account.' }) input: CreateUserInput,
    @Ctx() context: RequestContext,
  ) {
    return shape(context, () => this.staff.open(context, input));
  }

  @Requires('accounts.users.manage')
  @Mutation(() => UpdateUserPayload, { nullable: true, description: 'Changes an account of a role below yours.' })
  updateUser(
    @Arg('input', () => UpdateUserInput, { description: 'What to change.' }) input: UpdateUserInput,
    @Ctx() context: RequestContext,
  ) {
    return shape(context, () => this.staff.change(context, input));
  }

  @Requires('accounts.roles.change')
  @Mutation(() => ChangeRolePayload, {
    nullable: true,
    description:
      'Gives an account below yours another role below yours. It takes effect within seconds everywhere, without signing in again.',
  })
  changeRole(
    @Arg('input', () => ChangeRoleInput, { description: 'Who becomes what.' }) input: ChangeRoleInput,
    @Ctx() context: RequestContext,
  ) {
    return shape(context, () => this.staff.changeRole(context, input.userId, input.role));
  }

  @Requires('accounts.users.suspend')
  @Mutation(() => SuspendUserPayload, {
    nullable: true,
    description:
      'Suspends an account of a role below yours: all its sessions end within seconds, and it cannot sign in until it is restored.',
  })
  suspendUser(
    @Arg('input', () => SuspendUserInput, { description: 'Whom, and why.' }) input: SuspendUserInput,
    @Ctx() context: RequestContext,
  ) {
    return shape(context, () => this.staff.suspend(context, input.userId, input.reason));
  }

  @Requires('accounts.users.suspend')
  @Mutation(() => RestoreUserPayload, {
    nullable: true,
    description: 'Lets a suspended account of a role below yours in again.',
  })
  restoreUser(
    @Arg('input', () => RestoreUserInput, { description: 'Whom.' }) input: RestoreUserInput,
    @Ctx() context: RequestContext,
  ) {
    return shape(context, () => this.staff.restore(context, input.userId));
  }
}

function shape(context: RequestContext, work: () => Promise<User>) {
  return answer(context, AccountError, async () => ({ user: shapeUser(await work(), true) }));
}
