import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ChatRoomKindEnum } from './chat-room.enums.js';
import type { ChatRoomKind } from './chat-room.rules.js';

@Directive('@key(fields: "id")')
@ObjectType('ChatRoom', {
  simpleResolvers: true,
  description: 'A place where its members write to each other.',
})
export class ChatRoomType {
  @Field(() => ID, { description: 'Identity of the room.' })
  declare id: string;

  @Field(() => ChatRoomKindEnum, { description: 'What it is for.' })
  declare kind: ChatRoomKind;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called; null for DIRECT and SUPPORT rooms, which are called after their `counterpart`.',
  })
  declare title: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  declare description: string | null;

  @Field(() => Int, { description: 'How many people belong to it.' })
  declare memberCount: number;

  @Field(() => Boolean, {
    description:
      'Are phone numbers, addresses and links hidden in its messages? They are in a DIRECT room until a lesson is paid, where the market wants it so.',
  })
  declare hidesContacts: boolean;

  @Field(() => DateTime, { description: 'When the last message was written; before the first one, when it was made.' })
  declare lastActivityAt: Date;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare createdAt: Date;
}

export const ChatRoomConnection = connectionOf(ChatRoomType, 'ChatRoom');

@InputType({ description: 'Which of your chat rooms; conditions add up.' })
export class ChatRoomFilter {
  @Field(() => ChatRoomKindEnum, { nullable: true, description: 'Only rooms of this kind.' })
  declare kind?: ChatRoomKind | null;

  @Field(() => Boolean, { nullable: true, description: 'true: only rooms with messages that you have not read.' })
  declare unreadOnly?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only groups and named rooms whose title or description has this text; at most 100 characters.',
  })
  declare text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only groups of this course.' })
  declare courseId?: string | null;
}

@InputType({ description: 'Which groups and named rooms; conditions add up.' })
export class ManagedChatRoomFilter {
  @Field(() => ChatRoomKindEnum, { nullable: true, description: 'Only rooms of this kind: GROUP or NAMED.' })
  declare kind?: ChatRoomKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only rooms whose title or description has this text; at most 100 characters.',
  })
  declare text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only groups of this course.' })
  declare courseId?: string | null;
}

@InputType({ description: 'Which support rooms; conditions add up.' })
export class SupportChatRoomFilter {
  @Field(() => Boolean, { nullable: true, description: 'true: only closed ones; false: only open ones.' })
  declare isClosed?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those whose last message is from whoever asks; false: only the others.',
  })
  declare awaitsAnswer?: boolean | null;
}
