import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { type MemberEnding, type MemberRole, memberEndings, memberRoles } from './chat-member.rules.js';

const ChatMemberSchema = defineEntity({
  name: 'ChatMember',
  tableName: 'chat_members',
  indexes: [
    { name: 'chat_members_of_user', properties: ['userId', 'roomId'], where: `ended_at is null` },
    { name: 'chat_members_changed', properties: ['userId', 'changedTx'] },
  ],
  checks: [
    { name: 'chat_members_end_check', expression: `(ended_at is null) = (ending is null)` },
    { name: 'chat_members_read_check', expression: `last_read_sequence >= 0` },
  ],
  properties: {
    roomId: () => p.manyToOne(ChatRoom).mapToPk().fieldName('room_id').deleteRule('cascade').primary(),
    userId: p.uuid().primary(),
    role: p.enum(memberRoles).$type<MemberRole>(),
    joinedAt: p.datetime().columnType('timestamptz'),
    /** Since when and why somebody does not belong to it any longer; BANNED cannot be added again but by a moderator. */
    endedAt: p.datetime().columnType('timestamptz').nullable(),
    ending: p.enum(memberEndings).$type<MemberEnding>().nullable(),
    /** No notifications of the room until then. */
    mutedUntil: p.datetime().columnType('timestamptz').nullable(),
    lastReadSequence: p.bigint('number').default(0),
    lastReadAt: p.datetime().columnType('timestamptz').nullable(),
    changedTx: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
    /** The transaction in which this membership began, anew after an end; a trigger of the database writes it. */
    joinedTx: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
  },
});

/** That somebody belongs, or belonged, to a room. It decides everything. */
export class ChatMember extends ChatMemberSchema.class {
  declare [PrimaryKeyProp]?: ['roomId', 'userId'];
}
ChatMemberSchema.setClass(ChatMember);
