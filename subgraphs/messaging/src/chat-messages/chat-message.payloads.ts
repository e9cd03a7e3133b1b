import { SafeIntAmount } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ChatRoomType } from '../chat-rooms/chat-room.types.js';
import { MessagingError } from '../errors.js';
import { ChatMessageType } from './chat-message.types.js';

@InputType({ description: 'A file that goes with a message.' })
export class ChatAttachmentInput {
  @Field(() => ID, { description: 'Your confirmed upload of the kind ATTACHMENT; it can be sent once.' })
  declare uploadId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the file is called, 1 to 200 characters; a plain name without it.',
  })
  declare name?: string | null;
}

@InputType({ description: 'What you write. It needs a text, a file, or both.' })
export class SendMessageInput {
  @Field(() => ID, { description: 'The room.' })
  declare roomId: string;

  @Field(() => String, { nullable: true, description: 'The text, 4,000 characters at most.' })
  declare text?: string | null;

  @Field(() => [ChatAttachmentInput], { nullable: true, description: 'Files in their order, 10 at most.' })
  declare attachments?: ChatAttachmentInput[] | null;

  @Field(() => ID, { nullable: true, description: 'The message of the same room that it answers.' })
  declare replyToId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A key that you choose, 1 to 128 visible characters of ASCII: the same message with the same key within 24 hours is sent once, so that a client that was offline may repeat it.',
  })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'What your message is to say instead.' })
export class EditMessageInput {
  @Field(() => ID, { description: 'Your message.' })
  declare messageId: string;

  @Field(() => String, { description: 'The new text, 4,000 characters at most; empty only beside files.' })
  declare text: string;
}

@InputType({ description: 'Which message is to go.' })
export class DeleteMessageInput {
  @Field(() => ID, { description: 'The message.' })
  declare messageId: string;
}

@InputType({ description: 'An emoji that you put under a message.' })
export class AddReactionInput {
  @Field(() => ID, { description: 'The message.' })
  declare messageId: string;

  @Field(() => String, { description: 'One emoji, such as 👍.' })
  declare emoji: string;
}

@InputType({ description: 'An emoji that you take away from a message.' })
export class RemoveReactionInput {
  @Field(() => ID, { description: 'The message.' })
  declare messageId: string;

  @Field(() => String, { description: 'The emoji.' })
  declare emoji: string;
}

@InputType({ description: 'Which message is to be kept in view.' })
export class PinMessageInput {
  @Field(() => ID, { description: 'The message.' })
  declare messageId: string;
}

@InputType({ description: 'Which message is not to be kept in view any longer.' })
export class UnpinMessageInput {
  @Field(() => ID, { description: 'The message.' })
  declare messageId: string;
}

@InputType({ description: 'How far you have read.' })
export class MarkRoomReadInput {
  @Field(() => ID, { description: 'The room.' })
  declare roomId: string;

  @Field(() => SafeIntAmount, {
    description: 'The sequence of the newest message that you have seen; what was read stays read.',
  })
  declare sequence: number;
}

@InputType({ description: 'Where you are writing.' })
export class SetTypingInput {
  @Field(() => ID, { description: 'The room.' })
  declare roomId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The message that you wrote.' })
export class SendMessagePayload {
  @Field(() => ChatMessageType, { nullable: true, description: 'The message as it is now; null when it was refused.' })
  declare message?: ChatMessageType | null;

  @Field(() => [MessagingError], {
    description:
      'INVALID_INPUT, NOT_FOUND, ROOM_CLOSED, BLOCKED, TOO_MANY_MESSAGES, SPAM_REFUSED, UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'Your message with its new text.' })
export class EditMessagePayload {
  @Field(() => ChatMessageType, { nullable: true, description: 'The message as it is now; null when it was refused.' })
  declare message?: ChatMessageType | null;

  @Field(() => [MessagingError], {
    description:
      'INVALID_INPUT, NOT_FOUND, NOT_YOURS, MESSAGE_DELETED, NOT_EDITABLE, ROOM_CLOSED, BLOCKED, TOO_MANY_MESSAGES, SPAM_REFUSED.',
  })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'What is left of the message.' })
export class DeleteMessagePayload {
  @Field(() => ChatMessageType, { nullable: true, description: 'The message as it is now; null when it was refused.' })
  declare message?: ChatMessageType | null;

  @Field(() => [MessagingError], {
    description: 'NOT_FOUND, NOT_YOURS; deleting it again succeeds.',
  })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'The message with its reactions.' })
export class ReactionPayload {
  @Field(() => ChatMessageType, { nullable: true, description: 'The message as it is now; null when it was refused.' })
  declare message?: ChatMessageType | null;

  @Field(() => [MessagingError], {
    description:
      'INVALID_INPUT, NOT_FOUND, MESSAGE_DELETED, ROOM_CLOSED, BLOCKED, TOO_MANY_REACTIONS; repeating it succeeds.',
  })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'The message.' })
export class PinPayload {
  @Field(() => ChatMessageType, { nullable: true, description: 'The message as it is now; null when it was refused.' })
  declare message?: ChatMessageType | null;

  @Field(() => [MessagingError], {
    description: 'NOT_FOUND, MESSAGE_DELETED, NOT_A_MODERATOR, TOO_MANY_PINS; repeating it succeeds.',
  })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'The room that you have read.' })
export class MarkRoomReadPayload {
  @Field(() => ChatRoomType, { nullable: true, description: 'The room as it is now; null when it was refused.' })
  declare room?: ChatRoomType | null;

  @Field(() => [MessagingError], {
    description: 'INVALID_INPUT; NOT_FOUND when you do not belong to such a room.',
  })
  declare userErrors: MessagingError[];
}

@ObjectType({ simpleResolvers: true, description: 'The others in the room are told, if they listen.' })
export class SetTypingPayload {
  @Field(() => [MessagingError], {
    description: 'NOT_FOUND when you do not belong to such a room; ROOM_CLOSED, BLOCKED.',
  })
  declare userErrors: MessagingError[];
}
