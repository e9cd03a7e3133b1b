import { defineEntity, p } from '@mikro-orm/core';
import { type OutsideChannel, outsideChannels } from '../channels/channel.rules.js';

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
    channel: p.enum(outsideChannels).$type<OutsideChannel>(),
    /** A mail address, a phone number in E.164, a number on Telegram, or platforms of devices. */
    recipient: p.text(),
    /** Text messages have none. */
    subject: p.text().nullable(),
    text: p.text(),
    /** Mails have it. */
    html: p.text().nullable(),
    /** Whose message it is, so that erasing the person finds it. */
    userId: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A message that would have been sent, had the process been told how; in development only. */
export class DevelopmentMessage extends DevelopmentMessageSchema.class {}
DevelopmentMessageSchema.setClass(DevelopmentMessage);
