import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { ChatMessage } from './chat-message.entity.js';

const ChatReactionSchema = defineEntity({
  name: 'ChatReaction',
  tableName: 'chat_reactions',
  indexes: [{ name: 'chat_reactions_of_user', properties: ['userId'] }],
  properties: {
    messageId: () => p.manyToOne(ChatMessage).mapToPk().fieldName('message_id').deleteRule('cascade').primary(),
    userId: p.uuid().primary(),
    emoji: p.text().primary(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** An emoji that somebody put under a message. */
export class ChatReaction extends ChatReactionSchema.class {
  declare [PrimaryKeyProp]?: ['messageId', 'userId', 'emoji'];
}
ChatReactionSchema.setClass(ChatReaction);

const ChatPinSchema = defineEntity({
  name: 'ChatPin',
  tableName: 'chat_pins',
  indexes: [{ name: 'chat_pins_of_room', properties: ['roomId', 'pinnedAt', 'messageId'] }],
  properties: {
    messageId: () => p.manyToOne(ChatMessage).mapToPk().fieldName('message_id').deleteRule('cascade').primary(),
    roomId: () => p.manyToOne(ChatRoom).mapToPk().fieldName('room_id').deleteRule('cascade'),
    pinnedBy: p.uuid().nullable(),
    pinnedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A message that its room keeps in view. */
export class ChatPin extends ChatPinSchema.class {}
ChatPinSchema.setClass(ChatPin);
