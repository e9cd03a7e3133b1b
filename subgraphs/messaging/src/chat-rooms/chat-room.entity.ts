import { defineEntity, p } from '@mikro-orm/core';
import { type ChatRoomKind, chatRoomKinds } from './chat-room.rules.js';

const ChatRoomSchema = defineEntity({
  name: 'ChatRoom',
  tableName: 'chat_rooms',
  indexes: [
    { name: 'chat_rooms_newest', properties: ['lastActivityAt', 'id'] },
    { name: 'chat_rooms_of_kind', properties: ['kind', 'lastActivityAt', 'id'] },
    { name: 'chat_rooms_of_course', properties: ['courseId'], where: `course_id is not null` },
  ],
  uniques: [{ name: 'chat_rooms_key_unique', properties: ['uniqueKey'] }],
  checks: [
    { name: 'chat_rooms_sequence_check', expression: `last_sequence >= 0` },
    { name: 'chat_rooms_title_check', expression: `(kind in ('GROUP', 'NAMED')) = (title is not null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(chatRoomKinds).$type<ChatRoomKind>(),
    /**
     * What makes a room the only one of its kind: `direct:<lower user id>:<higher user id>`, `support:<user id>`,
     * `course:<course id>:<cohort id>`; null for rooms of which there may be many.
     */
    uniqueKey: p.text().nullable(),
    /** Groups and named rooms have one. */
    title: p.text().nullable(),
    description: p.text().nullable(),
    courseId: p.uuid().nullable(),
    /** Whom the school made the curator of the group of a cohort, whether they are in it or have left. */
    curatorId: p.uuid().nullable(),
    /** Phone numbers, addresses and links are hidden in its messages: nothing was paid between its two people yet. */
    hidesContacts: p.boolean().default(false),
    /** Nobody writes any more; what was written can be read. */
    closedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The sequence of its last message; whoever locks the row gives the next one. */
    lastSequence: p.bigint('number').default(0),
    memberCount: p.integer().default(0),
    /** When the last message was written, or the room was made. */
    lastActivityAt: p.datetime().columnType('timestamptz'),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    changedTx: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
  },
});

/** A place where its members write to each other. */
export class ChatRoom extends ChatRoomSchema.class {}
ChatRoomSchema.setClass(ChatRoom);
