import { FieldResolver, Resolver, Root } from 'type-graphql';
import { UserReference } from '../people/user.types.js';
import type { ChatMember } from './chat-member.entity.js';
import { ChatMemberType } from './chat-member.types.js';

/** Members of chat rooms in the graph. */
@Resolver(() => ChatMemberType)
export class ChatMemberResolver {
  @FieldResolver(() => UserReference, { description: 'Who it is.' })
  user(@Root() { userId }: ChatMember): UserReference {
    return { id: userId };
  }
}
