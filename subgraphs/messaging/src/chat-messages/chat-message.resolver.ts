import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { roomsById } from '../chat-members/membership.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { ChatRoomType } from '../chat-rooms/chat-room.types.js';
import { UserReference } from '../people/user.types.js';
import type { ChatAttachment, ChatMessage } from './chat-message.entity.js';
import { pinnedMessages, type ReactionCount, reactionsByMessage, readersByMessage } from './chat-message.repository.js';
import { ChatAttachmentType, ChatMessageConnection, ChatMessageType, ChatReactionType } from './chat-message.types.js';
import type { MessageReadingService } from './message-reading.service.js';

/** Messages as they are read. */
@Resolver(() => ChatMessageType)
export class ChatMessageResolver {
  constructor(private readonly reading: MessageReadingService) {}

  @SignedIn()
  @Query(() => ChatMessageConnection, {
    nullable: true,
    description:
      'Messages of a room in their order, deleted ones too: with `last`, the newest; then `before` for older ones. Null when there is no such room that you may read.',
  })
  messages(
    @Arg('roomId', () => ID, { description: 'The room.' }) roomId: string,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatMessage> | null> {
    return this.reading.list(context, roomId, page);
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Query(() => ChatMessageConnection, {
    nullable: true,
    description:
      'Messages that have all these words, in any form of Russian or English; the last word may be only begun. The newest first. Messages with contacts that their room hides are not found. Null when there is no such room that you may read.',
  })
  searchMessages(
    @Arg('text', () => String, { description: 'Words to look for, 200 characters at most.' }) text: string,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('roomId', () => ID, { nullable: true, description: 'Only in this room; in all of yours without it.' })
    roomId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ChatMessage> | null> {
    return this.reading.search(context, { roomId, text }, page);
  }

  @FieldResolver(() => ChatRoomType, { nullable: true, description: 'Where it was written.' })
  room(@Root() { roomId }: ChatMessage, @Ctx() context: RequestContext): Promise<ChatRoom | null> {
    return context.loader(roomsById).load(roomId);
  }

  @FieldResolver(() => UserReference, { nullable: true, description: 'Who wrote it; null once they left for good.' })
  author(@Root() { authorId: id }: ChatMessage): UserReference | null {
    return id ? { id } : null;
  }

  @FieldResolver(() => String, {
    description:
      'What it says; empty when it was deleted or only brings files. In a room that hides contacts, ••• stands for each of them, for everybody.',
  })
  text(@Root() message: ChatMessage, @Ctx() context: RequestContext): Promise<string> {
    return this.reading.text(context, message);
  }

  @FieldResolver(() => Boolean, { description: 'Does ••• stand in `text` for a contact that its room hides?' })
  hidesContacts(@Root() message: ChatMessage, @Ctx() context: RequestContext): Promise<boolean> {
    return this.reading.hidesContacts(context, message);
  }

  @FieldResolver(() => [ChatAttachmentType], { description: 'Files that came with it, in their order.' })
  attachments(@Root() message: ChatMessage, @Ctx() context: RequestContext): Promise<ChatAttachment[]> {
    return this.reading.attachments(context, message);
  }

  @FieldResolver(() => ChatMessageType, { nullable: true, description: 'The message that it answers.' })
  replyTo(@Root() message: ChatMessage, @Ctx() context: RequestContext): Promise<ChatMessage | null> {
    return this.reading.replyTo(context, message);
  }

  @FieldResolver(() => [ChatReactionType], { description: 'Emoji under it, the first one first.' })
  reactions(@Root() { id }: ChatMessage, @Ctx() context: RequestContext): Promise<ReactionCount[]> {
    return context.loader(reactionsByMessage).load(id);
  }

  @FieldResolver(() => Boolean, { description: 'Does its room keep it in view?' })
  isPinned(@Root() { id }: ChatMessage, @Ctx() context: RequestContext): Promise<boolean> {
    return context.loader(pinnedMessages).load(id);
  }

  @FieldResolver(() => Boolean, { description: 'Was it deleted? Its place stays.' })
  isDeleted(@Root() { deletedAt }: ChatMessage): boolean {
    return deletedAt !== null;
  }

  @FieldResolver(() => Int, { description: 'How many members besides its author have read it.' })
  readCount(@Root() message: ChatMessage, @Ctx() context: RequestContext): Promise<number> {
    return context.loader(readersByMessage).load(message);
  }
}

/** Messages of rooms. */
@Resolver(() => ChatRoomType)
export class RoomMessagesResolver {
  constructor(private readonly reading: MessageReadingService) {}

  @FieldResolver(() => ChatMessageType, {
    nullable: true,
    description: 'The newest message, perhaps a deleted one; null when there is none, or unless you may read the room.',
  })
  lastMessage(@Root() room: ChatRoom, @Ctx() context: RequestContext): Promise<ChatMessage | null> {
    return this.reading.last(context, room);
  }

  @FieldResolver(() => [ChatMessageType], {
    description: 'Messages that it keeps in view, 50 at most, the one pinned last first; empty unless you may read it.',
  })
  pinnedMessages(@Root() room: ChatRoom, @Ctx() context: RequestContext): Promise<ChatMessage[]> {
    return this.reading.pinned(context, room);
  }
}

/** Files of messages. */
@Resolver(() => ChatAttachmentType)
export class ChatAttachmentResolver {
  constructor(private readonly reading: MessageReadingService) {}

  @FieldResolver(() => String, { description: 'What it is called.' })
  name(@Root() { name }: ChatAttachment): string {
    return name;
  }

  @FieldResolver(() => Url, { description: 'Where it can be had for an hour: ask again after that.' })
  url(@Root() file: ChatAttachment): Promise<string> {
    return this.reading.url(file);
  }
}
