import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { AccountError } from '../users/user.types.js';
import type { ActiveSessionService } from './active-session.service.js';
import {
  ActiveSessionConnection,
  type ActiveSessionType,
  RevokeSessionInput,
  RevokeSessionPayload,
  SignOutEverywhereInput,
  SignOutEverywherePayload,
} from './active-session.types.js';
import { nameDevice } from './client-traits.js';
import type { Session } from './session.entity.js';

/** The devices on which one is signed in. */
@Resolver()
export class ActiveSessionResolver {
  constructor(private readonly devices: ActiveSessionService) {}

  @SignedIn()
  @Query(() => ActiveSessionConnection, {
    nullable: true,
    description: 'The devices on which you are signed in, the one used last first.',
  })
  async sessions(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ActiveSessionType>> {
    const current = context.user.sessionId;
    return mapConnection(await this.devices.list(context, page), (session) => shape(session, current));
  }

  @SignedIn()
  @Mutation(() => RevokeSessionPayload, {
    nullable: true,
    description: 'Ends one of your sessions: its refresh tokens at once, its access tokens within seconds everywhere.',
  })
  revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'Which session.' }) input: RevokeSessionInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      await this.devices.revoke(context, input.sessionId);
      return { sessionId: input.sessionId };
    });
  }

  @SignedIn()
  @Mutation(() => SignOutEverywherePayload, {
    nullable: true,
    description: 'Ends all of your sessions, on every device.',
  })
  signOutEverywhere(
    @Arg('input', () => SignOutEverywhereInput, { nullable: true, description: 'Which go on; none without it.' })
    input: SignOutEverywhereInput | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      endedSessions: await this.devices.signOutEverywhere(context, input?.exceptCurrent ?? false),
    }));
  }
}

function shape(session: Session, currentId: string): ActiveSessionType {
  return {
    id: session.id,
    device: nameDevice(session.userAgent),
    userAgent: session.userAgent ?? null,
    networkAddress: session.networkAddress ?? null,
    createdAt: session.createdAt,
    lastSeenAt: session.lastUsedAt,
    expiresAt: session.expiresAt,
    isCurrent: session.id === currentId,
  };
}
