import { defineEntity, p } from '@mikro-orm/core';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';

const ChatMessageSchema = defineEntity({
  name: 'ChatMessage',
  tableName: 'chat_messages',
  indexes: [
    { name: 'chat_messages_changed', properties: ['roomId', 'changedTx', 'id'] },
    { name: 'chat_messages_of_author', properties: ['authorId', 'createdAt'] },
    {
      name: 'chat_messages_search',
      expression: 'create index chat_messages_search on messaging.chat_messages using gin (document)',
    },
  ],
  uniques: [{ name: 'chat_messages_sequence_unique', properties: ['roomId', 'sequence'] }],
  checks: [
    { name: 'chat_messages_text_check', expression: `char_length(text) <= 4000` },
    { name: 'chat_messages_deleted_check', expression: `deleted_at is null or text = ''` },
  ],
  properties: {
    id: p.uuid().primary(),
    roomId: () => p.manyToOne(ChatRoom).mapToPk().fieldName('room_id').deleteRule('cascade'),
    /** Its place in the room: 1, 2, 3 … without a hole. */
    sequence: p.bigint('number'),
    /** Null once the author was erased. */
    authorId: p.uuid().nullable(),
    /** Empty once it was deleted. */
    text: p.text(),
    /** Did it hold something of `contacts.rules.ts` when it was written? Search passes it over while the room hides that. */
    hasContacts: p.boolean().default(false),
    /** A message of the same room. */
    replyToId: p.uuid().nullable(),
    editedAt: p.datetime().columnType('timestamptz').nullable(),
    deletedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The author, or who moderated. */
    deletedBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    changedTx: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
    /** Its words, for search. */
    document: p
      .string()
      .columnType('tsvector')
      .generated(`(to_tsvector('russian'::regconfig, text)) stored`)
      .nullable()
      .lazy(),
  },
});

/** Something that somebody wrote in a room. */
export class ChatMessage extends ChatMessageSchema.class {}
ChatMessageSchema.setClass(ChatMessage);

const ChatAttachmentSchema = defineEntity({
  name: 'ChatAttachment',
  tableName: 'chat_attachments',
  indexes: [
    { name: 'chat_attachments_of_message', properties: ['messageId', 'position'] },
    { name: 'chat_attachments_removed', properties: ['removedAt'], where: `removed_at is not null` },
  ],
  properties: {
    /** The upload that it was. */
    id: p.uuid().primary(),
    messageId: () => p.manyToOne(ChatMessage).mapToPk().fieldName('message_id').deleteRule('cascade'),
    position: p.smallint(),
    name: p.text(),
    contentType: p.text(),
    size: p.integer(),
    /** Where the file is in the storage. */
    key: p.text(),
    /** Since when nobody sees it any longer; a job removes the file, then the row. */
    removedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A file that was sent with a message. */
export class ChatAttachment extends ChatAttachmentSchema.class {}
ChatAttachmentSchema.setClass(ChatAttachment);
