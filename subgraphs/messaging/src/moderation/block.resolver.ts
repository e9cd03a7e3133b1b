import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { BlockService } from './block.service.js';
import {
  BlockUserInput,
  BlockUserPayload,
  UnblockUserInput,
  UnblockUserPayload,
  UserBlockConnection,
  UserBlockType,
} from './block.types.js';
import type { UserBlock } from './user-block.entity.js';

/** Blocks in the graph. */
@Resolver(() => UserBlockType)
export class BlockResolver {
  constructor(private readonly blocks: BlockService) {}

  @FieldResolver(() => UserReference, { description: 'Who is blocked.' })
  user(@Root() { blockedId }: UserBlock): UserReference {
    return { id: blockedId };
  }

  @SignedIn()
  @Query(() => UserBlockConnection, { nullable: true, description: 'Whom you have blocked, the newest first.' })
  myBlocks(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<UserBlock>> {
    return this.blocks.own(context, page);
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 * 60 } })
  @Mutation(() => BlockUserPayload, {
    nullable: true,
    description:
      'Blocks somebody: neither of you can write in the room of the two of you. In rooms with others nothing changes. They are not told.',
  })
  blockUser(
    @Arg('input', () => BlockUserInput, { description: 'Whom to block.' }) input: BlockUserInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ block: await this.blocks.block(context, input) }));
  }

  @SignedIn()
  @Mutation(() => UnblockUserPayload, { nullable: true, description: 'Lifts a block of yours.' })
  unblockUser(
    @Arg('input', () => UnblockUserInput, { description: 'Whom to hear of again.' }) input: UnblockUserInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({
      unblockedUserId: await this.blocks.unblock(context, input),
    }));
  }
}
