import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type MemberRole, memberRoles } from './chat-member.rules.js';

export const MemberRoleEnum = enumOf(memberRoles);
registerEnumType(MemberRoleEnum, {
  name: 'ChatMemberRole',
  description: 'What somebody is in a chat room.',
  valuesConfig: {
    MEMBER: { description: 'Reads and writes.' },
    MODERATOR: { description: 'Also changes the room, adds, removes and bans people, and deletes messages.' },
  },
});

@ObjectType('ChatMember', { simpleResolvers: true, description: 'Somebody who belongs to a chat room.' })
export class ChatMemberType {
  @Field(() => MemberRoleEnum, { description: 'What they are in it.' })
  declare role: MemberRole;

  @Field(() => DateTime, { description: 'Since when they belong to it.' })
  declare joinedAt: Date;

  @Field(() => Int, { description: 'Up to which `sequence` they have read its messages; 0 before the first.' })
  declare lastReadSequence: number;

  @Field(() => DateTime, { nullable: true, description: 'When they last read; null before.' })
  declare lastReadAt: Date | null;
}

export const ChatMemberConnection = connectionOf(ChatMemberType, 'ChatMember');

@ObjectType('ChatMembership', {
  simpleResolvers: true,
  description: 'What you are in a chat room, and how you have it.',
})
export class ChatMembershipType {
  @Field(() => MemberRoleEnum, { description: 'What you are in it.' })
  declare role: MemberRole;

  @Field(() => DateTime, { description: 'Since when you belong to it.' })
  declare joinedAt: Date;

  @Field(() => Int, { description: 'Up to which `sequence` you have read its messages; 0 before the first.' })
  declare lastReadSequence: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when you get no notifications of it; null while you do.',
  })
  declare mutedUntil: Date | null;
}
