import { Public, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { shapeSession } from '../sessions/session.resolver.js';
import { shapeUser } from '../users/user.resolver.js';
import { AccountError } from '../users/user.types.js';
import type { TelegramService } from './telegram.service.js';
import {
  LinkTelegramPayload,
  SignInWithTelegramPayload,
  TelegramInitDataInput,
  UnlinkTelegramPayload,
} from './telegram.types.js';

/** Signing in from a Mini App in Telegram. */
@Resolver()
export class TelegramResolver {
  constructor(private readonly telegram: TelegramService) {}

  @Public()
  @Limited({ network: { points: 100, seconds: 15 * 60 } })
  @Mutation(() => SignInWithTelegramPayload, {
    nullable: true,
    description:
      'Opens a session for whoever opened the Mini App in Telegram; the first time it opens an account to learn.',
  })
  signInWithTelegram(
    @Arg('input', () => TelegramInitDataInput, { description: 'What the Mini App was opened with.' })
    input: TelegramInitDataInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => {
      const issued = await this.telegram.signIn(context, input.initData);
      return { ...shapeSession(issued), isNewAccount: issued.isNewAccount };
    });
  }

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: 15 * 60 }, network: { points: 100, seconds: 15 * 60 } })
  @Mutation(() => LinkTelegramPayload, {
    nullable: true,
    description: 'Lets you sign in to your account with Telegram from now on, too.',
  })
  linkTelegram(
    @Arg('input', () => TelegramInitDataInput, { description: 'What the Mini App was opened with.' })
    input: TelegramInitDataInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.telegram.link(context, input.initData), true),
    }));
  }

  @SignedIn()
  @Mutation(() => UnlinkTelegramPayload, {
    nullable: true,
    description: 'Ends signing in to your account with Telegram. You need a verified address and a password to go on.',
  })
  unlinkTelegram(@Ctx() context: RequestContext) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.telegram.unlink(context), true),
    }));
  }
}
