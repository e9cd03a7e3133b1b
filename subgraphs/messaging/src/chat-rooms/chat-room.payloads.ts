import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { ChatRoomKindEnum } from './chat-room.enums.js';
import type { ChatRoomKind } from './chat-room.rules.js';
import { ChatRoomType } from './chat-room.types.js';

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

@ObjectType({ simpleResolvers: true, description: 'The room that you asked for.' })
export class CreateChatRoomPayload {
  @Field(() => ChatRoomType, { nullable: true, description: 'The room; null when it was refused.' })
  declare room?: ChatRoomType | null;

  @Field(() => [MessagingError], {
    description: 'What has to be corrected: INVALID_INPUT, PERSON_NOT_FOUND, ROOM_FULL, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: MessagingError[];
}
