import { defineEntity, p } from '@mikro-orm/core';

/** How a message reaches a person. */
export const channels = ['EMAIL', 'SMS'] as const;
/** @see channels */
export type Channel = (typeof channels)[number];

const DevelopmentMessageSchema = defineEntity({
  name: 'DevelopmentMessage',
  tableName: 'development_messages',
  indexes: [
    { name: 'development_messages_newest', properties: ['createdAt', 'id'] },
    { name: 'development_messages_of_user', properties: ['userId'] },
  ],
  properties: {
    /** The message's own id, so that a repeated delivery stays one message. */
    id: p.uuid().primary(),
    channel: p.enum(channels).$type<Channel>(),
    /** A mail address, or a phone number in E.164. */
    recipient: p.text(),
    /** Mails have one. */
    subject: p.text().nullable(),
    text: p.text(),
    /** Whose message it is, so that erasing the person finds it. */
    userId: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A message that would have been sent, had the process been told how; in development only. */
export class DevelopmentMessage extends DevelopmentMessageSchema.class {}
DevelopmentMessageSchema.setClass(DevelopmentMessage);
