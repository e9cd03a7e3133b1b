import { defineEntity, p } from '@mikro-orm/core';
import { type TargetKind, targetKinds, type Urgency, urgencies } from './notification.rules.js';

const NotificationSchema = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  indexes: [
    {
      name: 'notifications_of_user',
      properties: ['userId', 'createdAt', 'id'],
      where: `is_in_app and deleted_at is null`,
    },
    {
      name: 'notifications_unread',
      properties: ['userId'],
      where: `is_in_app and deleted_at is null and read_at is null`,
    },
    { name: 'notifications_changed', properties: ['userId', 'changedTx', 'id'] },
    { name: 'notifications_oldest', properties: ['createdAt'] },
    {
      name: 'notifications_mentioning',
      expression:
        "create index notifications_mentioning on messaging.notifications using gin (mentions) where mentions <> '{}'",
    },
  ],
  // One event never makes two notifications of a type for a person.
  uniques: [{ name: 'notifications_once', properties: ['userId', 'type', 'sourceId'] }],
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    /** A name of the catalogue, such as `BOOKING_CONFIRMED`. */
    type: p.text(),
    /** The event, announcement or sending behind it. */
    sourceId: p.text(),
    urgency: p.enum(urgencies).$type<Urgency>(),
    /** What its texts are filled with when they are written in the reader's language. JSON-safe. */
    values: p.json<Record<string, string | number>>(),
    /** The users whose names are among the values, so that the names go with their accounts. */
    mentions: p.array().columnType('uuid[]').default([]),
    targetKind: p.enum(targetKinds).$type<TargetKind>().nullable(),
    targetId: p.uuid().nullable(),
    /** Is it in the inbox? Whoever switched that off for a type is told on other channels only. */
    isInApp: p.boolean().default(true),
    /** When it is of no use any more to whoever has not had it by then. */
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    /** The person's zone when it was made: the inbox tells moments in it. */
    timeZone: p.text().default('UTC'),
    readAt: p.datetime().columnType('timestamptz').nullable(),
    /** The row stays for a while so that other devices learn that it is gone; its values do not. */
    deletedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    /** The transaction that changed it last; a trigger of the database writes it. */
    changedTx: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
  },
});

/** Something that a person is told, in the inbox and on other channels. */
export class Notification extends NotificationSchema.class {}
NotificationSchema.setClass(Notification);
