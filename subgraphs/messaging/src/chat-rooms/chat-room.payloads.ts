import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MessagingError, type MessagingErrorCode } from '../errors.js';
import { ChatRoomKindEnum } from './chat-room.enums.js';
import type { ChatRoomKind } from './chat-room.rules.js';
import { ChatRoomType } from './chat-room.types.js';

/** Makes the payload type of a mutation that gives a room: `<Name>Payload`. */
export function roomPayload(name: string, description: string, ...codes: readonly MessagingErrorCode[]) {
  @ObjectType(`${name}Payload`, { simpleResolvers: true, description })
  class RoomPayload {
    @Field(() => ChatRoomType, { nullable: true, description: 'The room as it is now; null when it was refused.' })
    declare room?: ChatRoomType | null;

    @Field(() => [MessagingError], { description: `What went wrong: ${['INVALID_INPUT', ...codes].join(', ')}.` })
    declare userErrors: MessagingError[];
  }
  return RoomPayload;
}

const ofModerators: MessagingErrorCode[] = ['NOT_FOUND', 'NOT_IN_SUCH_ROOMS', 'NOT_A_MODERATOR'];

@InputType({ description: 'A new chat room.' })
export class CreateChatRoomInput {
  @Field(() => ChatRoomKindEnum, {
    description:
      'What it is for. SUPPORT gives you your own support room, which there is once; GROUP and NAMED are for staff; DIRECT rooms make themselves: see openDirectChat.',
  })
  declare kind: ChatRoomKind;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called, 1 to 100 characters; GROUP and NAMED need it.',
  })
  declare title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 1,000 characters.' })
  declare description?: string | null;

  @Field(() => ID, { nullable: true, description: 'The course whose people write in it; for a GROUP.' })
  declare courseId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Users who belong to it besides you, at most 200 at once.' })
  declare memberIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of your own, 1 to 128 characters: the same call with it within 24 hours makes no second room.',
  })
  declare idempotencyKey?: string | null;
}

@InputType({ description: 'What to change in a chat room: what is left out stays.' })
export class UpdateChatRoomInput {
  @Field(() => ID, { description: 'Which group or named room.' })
  declare roomId: string;

  @Field(() => String, { nullable: true, description: 'What it is called, 1 to 100 characters.' })
  declare title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 1,000 characters; null clears it.' })
  declare description?: string | null;
}

@InputType({ description: 'Which chat room.' })
export class ChatRoomReferenceInput {
  @Field(() => ID, { description: 'Identity of the room.' })
  declare roomId: string;
}

@InputType({ description: 'With whom to write.' })
export class OpenDirectChatInput {
  @Field(() => ID, { description: 'The user with whom you have an application or a booking in common.' })
  declare userId: string;
}

export const CreateChatRoomPayload = roomPayload(
  'CreateChatRoom',
  'The room that you asked for.',
  'PERSON_NOT_FOUND',
  'PERSON_BANNED',
  'ROOM_FULL',
  'IDEMPOTENCY_KEY_REUSED',
);
export const OpenDirectChatPayload = roomPayload(
  'OpenDirectChat',
  'The room of the two of you.',
  'NOTHING_IN_COMMON',
  'NOT_YOURSELF',
);
export const UpdateChatRoomPayload = roomPayload('UpdateChatRoom', 'The room after the change.', ...ofModerators);
export const CloseChatRoomPayload = roomPayload('CloseChatRoom', 'The room, closed.', ...ofModerators);
export const ReopenChatRoomPayload = roomPayload('ReopenChatRoom', 'The room, open again.', ...ofModerators);
