import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { shapeUser } from '../users/user.resolver.js';
import { AccountError, UserType } from '../users/user.types.js';
import type { AvatarService } from './avatar.service.js';
import { AvatarSize, RemoveAvatarPayload, SetAvatarInput, SetAvatarPayload } from './upload.types.js';

/** People's pictures. */
@Resolver(() => UserType)
export class AvatarResolver {
  constructor(private readonly avatars: AvatarService) {}

  @FieldResolver(() => Url, {
    nullable: true,
    description:
      'The picture; without one of their own, the one from Telegram; null without either. Good for six days at least: ask again after that.',
  })
  async avatarUrl(
    @Root() user: UserType,
    @Arg('size', () => AvatarSize, { nullable: true, description: 'Which size; MEDIUM without it.' })
    size: keyof typeof AvatarSize | null | undefined,
  ): Promise<string | null> {
    return user.avatarKey ? this.avatars.url(user.avatarKey, size ?? 'MEDIUM') : user.telegramPhotoUrl;
  }

  @SignedIn()
  @Mutation(() => SetAvatarPayload, {
    nullable: true,
    description: 'Makes a confirmed upload of the kind AVATAR your picture; the one before is removed.',
  })
  setAvatar(
    @Arg('input', () => SetAvatarInput, { description: 'The picture.' }) input: SetAvatarInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, AccountError, async () => ({
      user: shapeUser(await this.avatars.set(context, input.uploadId), true),
    }));
  }

  @SignedIn()
  @Mutation(() => RemoveAvatarPayload, { nullable: true, description: 'Takes your picture away.' })
  removeAvatar(@Ctx() context: RequestContext) {
    return answer(context, AccountError, async () => ({ user: shapeUser(await this.avatars.remove(context), true) }));
  }
}
