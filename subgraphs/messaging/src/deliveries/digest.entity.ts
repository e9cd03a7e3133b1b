import { defineEntity, p } from '@mikro-orm/core';
import { type NotificationChannel, notificationChannels } from '../notifications/notification.rules.js';

const DigestSchema = defineEntity({
  name: 'Digest',
  tableName: 'digests',
  indexes: [
    { name: 'digests_of_user', properties: ['userId'] },
    { name: 'digests_waiting', properties: ['channel', 'dueAt'], where: `finished_at is null` },
    {
      name: 'digests_one_open',
      expression:
        'create unique index digests_one_open on messaging.digests (user_id, channel) where closed_at is null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    channel: p.enum(notificationChannels).$type<NotificationChannel>(),
    /** When it is closed and sent, or tried again. */
    dueAt: p.datetime().columnType('timestamptz'),
    /** Nothing is collected into it any more. */
    closedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Nothing is left to be done about it. */
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** Notifications that are collected to be sent together. */
export class Digest extends DigestSchema.class {}
DigestSchema.setClass(Digest);
