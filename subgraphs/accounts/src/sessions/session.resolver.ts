import { Public } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { shapeUser } from '../users/user.resolver.js';
import { AccountError, type UserType } from '../users/user.types.js';
import type { IssuedSession, SessionService } from './session.service.js';
import {
  RefreshSessionInput,
  RefreshSessionPayload,
  type SessionType,
  SignInInput,
  SignInPayload,
  SignOutInput,
  SignOutPayload,
} from './session.types.js';
import type { SignInService } from './sign-in.service.js';

/** Signing in and out. */
@Resolver()
export class SessionResolver {
  constructor(
    private readonly sessions: SessionService,
    private readonly signIns: SignInService,
  ) {}

  @Public()
  @Limited({ network: { points: 100, seconds: 15 * 60 } })
  @Mutation(() => SignInPayload, { nullable: true, description: 'Opens a session with email address and password.' })
  signIn(
    @Arg('input', () => SignInInput, { description: 'Who signs in.' }) input: SignInInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => shapeSession(await this.signIns.signIn(context, input)));
  }

  @Public()
  @Limited({ network: { points: 600, seconds: 15 * 60 } })
  @Mutation(() => RefreshSessionPayload, {
    nullable: true,
    description:
      'Exchanges a refresh token for the next pair of tokens. A token is good once; using an old one again ends the session, because it may have been stolen.',
  })
  refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The refresh token.' }) input: RefreshSessionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () =>
      shapeSession(await this.sessions.refresh(context, input.refreshToken)),
    );
  }

  @Public()
  @Mutation(() => SignOutPayload, {
    nullable: true,
    description: 'Ends a session: its refresh tokens at once, its access tokens within seconds everywhere.',
  })
  signOut(
    @Arg('input', () => SignOutInput, { nullable: true, description: 'Which session; the present one without it.' })
    input: SignOutInput | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.sessions.signOut(context, input?.refreshToken);
      return {};
    });
  }
}

/** A session that was just issued, and whose it is, for a payload. */
export function shapeSession(issued: IssuedSession): { session: SessionType; user: UserType } {
  const session: SessionType = {
    id: issued.sessionId,
    accessToken: issued.accessToken,
    accessTokenExpiresAt: issued.accessTokenExpiresAt,
    refreshToken: issued.refreshToken,
    expiresAt: issued.expiresAt,
  };
  return { session, user: shapeUser(issued.user, true) };
}
