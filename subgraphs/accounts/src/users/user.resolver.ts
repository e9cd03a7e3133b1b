import { Public, Requires, ServiceOnly, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RegistrationService } from './registration.service.js';
import type { User } from './user.entity.js';
import { displayName } from './user.rules.js';
import type { UserService } from './user.service.js';
import {
  AccountError,
  RegisterInput,
  RegisterPayload,
  UpdateProfileInput,
  UpdateProfilePayload,
  UserConnection,
  UserFilter,
  UserType,
} from './user.types.js';

/** Accounts in the graph. */
@Resolver(() => UserType)
export class UserResolver {
  constructor(
    private readonly accounts: UserService,
    private readonly registration: RegistrationService,
  ) {}

  @ServiceOnly('User.isErased')
  @Directive('@inaccessible')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Was everything personal removed, so that nobody is there any longer? For our services only.',
  })
  isErased(@Root() { erasedAt }: UserType): boolean {
    return Boolean(erasedAt);
  }

  @Public()
  @Query(() => UserType, { nullable: true, description: 'Your own account; null when nobody is signed in.' })
  async me(@Ctx() context: RequestContext): Promise<UserType | null> {
    return shapeFor(context, await this.accounts.me(context));
  }

  @SignedIn()
  @Query(() => UserType, {
    nullable: true,
    description: 'An account by id. Of others you see the display name only, unless you may read accounts.',
  })
  async user(
    @Arg('id', () => ID, { description: 'Identity of the account.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<UserType | null> {
    return shapeFor(context, await this.accounts.find(context, id));
  }

  @Requires('accounts.users.read')
  @Query(() => UserConnection, { nullable: true, description: 'Accounts, the newest first. For staff.' })
  async users(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Which accounts; all without it.' })
    filter: UserFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<UserType>> {
    return mapConnection(await this.accounts.list(context, filter, page), (user) => shapeUser(user, true));
  }

  @Public()
  @Limited({ network: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => RegisterPayload, {
    nullable: true,
    description:
      'Opens an account to learn or to teach and mails a code that proves its address; sign in next, then verifyEmail. Tells nobody whether the address had an account before.',
  })
  register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.registration.register(context, input);
      return { accepted: true };
    });
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 10 * 60 } })
  @Mutation(() => UpdateProfilePayload, {
    nullable: true,
    description: 'Changes names, language or zone of your account.',
  })
  updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.accounts.updateProfile(context, input), true),
    }));
  }
}

/** An account as this viewer may see it. */
export function shapeFor(context: RequestContext, user: User | null): UserType | null {
  // A service sees the fields of its token's scopes, and has asked for them.
  const whole = user && (context.isUser(user.id) || context.isService || context.can('accounts.users.read'));
  const shaped = user && shapeUser(user, Boolean(whole));
  return user?.erasedAt && shaped ? { ...shaped, displayName: context.text('ERASED_USER'), avatarKey: null } : shaped;
}

/** An account in the graph. @param whole with what only its owner and staff may see */
export function shapeUser(user: User, whole: boolean): UserType {
  return {
    id: user.id,
    displayName: displayName(user),
    firstName: whole ? user.firstName : null,
    lastName: whole ? user.lastName : null,
    email: (whole && user.email) || null,
    emailVerified: whole ? Boolean(user.emailVerifiedAt) : null,
    phone: (whole && user.phone) || null,
    username: (whole && user.username) || null,
    telegramUsername: (whole && user.telegramUsername) || null,
    hasTelegram: whole ? Boolean(user.telegramId) : null,
    role: whole ? user.role : null,
    locale: whole ? user.locale : null,
    timeZone: whole ? user.timeZone : null,
    suspendedAt: (whole && user.suspendedAt) || null,
    createdAt: whole ? user.createdAt : null,
    erasedAt: user.erasedAt ?? null,
    avatarKey: user.avatarKey ?? null,
    telegramPhotoUrl: user.telegramPhotoUrl ?? null,
  };
}
