import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { DateTime, SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('ChatMessage', {
  simpleResolvers: true,
  description: 'Something that somebody wrote in a room. Seen by whoever may read the room.',
})
export class ChatMessageType {
  @Field(() => ID, { description: 'Identity of the message.' })
  declare id: string;

  @Field(() => SafeIntAmount, {
    description: 'Its place in the room: 1, 2, 3 … without a hole. Messages are ordered by it, never by time.',
  })
  declare sequence: number;

  @Field(() => DateTime, { description: 'When it was written.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was changed last; null when it never was.' })
  declare editedAt: Date | null;
}

export const ChatMessageConnection = connectionOf(ChatMessageType, 'ChatMessage');

@ObjectType('ChatAttachment', { simpleResolvers: true, description: 'A file that was sent with a message.' })
export class ChatAttachmentType {
  @Field(() => ID, { description: 'Identity of the file.' })
  declare id: string;

  @Field(() => String, { description: 'What it is: image/jpeg, image/png, image/webp or application/pdf.' })
  declare contentType: string;

  @Field(() => Int, { description: 'How many bytes it has.' })
  declare size: number;
}

@ObjectType('ChatReaction', { simpleResolvers: true, description: 'An emoji under a message.' })
export class ChatReactionType {
  @Field(() => String, { description: 'The emoji.' })
  declare emoji: string;

  @Field(() => Int, { description: 'How many people put it there.' })
  declare count: number;

  @Field(() => [ID], { description: 'Ids of the accounts of those who put it there first, 20 at most.' })
  declare userIds: string[];
}
