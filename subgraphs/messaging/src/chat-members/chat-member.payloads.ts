import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { roomPayload } from '../chat-rooms/chat-room.payloads.js';
import { MessagingError, type MessagingErrorCode } from '../errors.js';
import type { MemberRole } from './chat-member.rules.js';
import { MemberRoleEnum } from './chat-member.types.js';

const ofModerators: MessagingErrorCode[] = ['NOT_FOUND', 'NOT_IN_SUCH_ROOMS', 'NOT_A_MODERATOR'];

@InputType({ description: 'Whom to add to a chat room.' })
export class AddChatMembersInput {
  @Field(() => ID, { description: 'Which group or named room.' })
  declare roomId: string;

  @Field(() => [ID], {
    description: 'Which users, at most 200 at once; those who belong to it already stay as they are.',
  })
  declare userIds: string[];
}

@InputType({ description: 'Who of a chat room.' })
export class ChatMemberReferenceInput {
  @Field(() => ID, { description: 'Which room.' })
  declare roomId: string;

  @Field(() => ID, { description: 'Which user.' })
  declare userId: string;
}

@InputType({ description: 'What somebody is to be in a chat room.' })
export class SetChatMemberRoleInput extends ChatMemberReferenceInput {
  @Field(() => MemberRoleEnum, { description: 'What they are to be.' })
  declare role: MemberRole;
}

@InputType({ description: 'How long to hear nothing of a chat room.' })
export class MuteChatRoomInput {
  @Field(() => ID, { description: 'Which room of yours.' })
  declare roomId: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when you want no notifications of it; null, or a time that has passed: you want them again.',
  })
  declare until?: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'The room that you left.' })
export class LeaveChatRoomPayload {
  @Field(() => ID, { nullable: true, description: 'Identity of the room; null when you are still in it.' })
  declare leftRoomId?: string | null;

  @Field(() => [MessagingError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND, NOT_IN_SUCH_ROOMS.' })
  declare userErrors: MessagingError[];
}

export const AddChatMembersPayload = roomPayload(
  'AddChatMembers',
  'The room with its new members.',
  ...ofModerators,
  'PERSON_NOT_FOUND',
  'PERSON_BANNED',
  'ROOM_FULL',
);
export const RemoveChatMemberPayload = roomPayload(
  'RemoveChatMember',
  'The room without them.',
  ...ofModerators,
  'IS_MODERATOR',
  'NOT_YOURSELF',
);
export const SetChatMemberRolePayload = roomPayload(
  'SetChatMemberRole',
  'The room in which they are that now.',
  ...ofModerators,
  'IS_MODERATOR',
);
export const BanChatMemberPayload = roomPayload(
  'BanChatMember',
  'The room without them.',
  'NOT_FOUND',
  'NOT_A_MODERATOR',
  'IS_MODERATOR',
  'NOT_YOURSELF',
);
export const UnbanChatMemberPayload = roomPayload(
  'UnbanChatMember',
  'The room to which they may be added again.',
  'NOT_FOUND',
  'NOT_A_MODERATOR',
);
export const MuteChatRoomPayload = roomPayload('MuteChatRoom', 'The room as you have it now.', 'NOT_FOUND');
export const JoinSupportRoomPayload = roomPayload(
  'JoinSupportRoom',
  'The support room in which you answer.',
  'NOT_FOUND',
  'NOT_IN_SUCH_ROOMS',
  'PERSON_BANNED',
  'ROOM_FULL',
);
