import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { type NotificationChannel, notificationChannels } from '../notifications/notification.rules.js';

const SuppressionSchema = defineEntity({
  name: 'Suppression',
  tableName: 'suppressions',
  properties: {
    channel: p.enum(notificationChannels).$type<NotificationChannel>().primary(),
    /** HMAC-SHA-256 of the address in lower case under SECRET_KEY: nobody learns addresses from this table. */
    addressHash: p.text().primary(),
    /** A code, such as `HARD_BOUNCE`. */
    reason: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** An address to which nothing is sent any more, for its server refuses it for good. */
export class Suppression extends SuppressionSchema.class {
  declare [PrimaryKeyProp]?: ['channel', 'addressHash'];
}
SuppressionSchema.setClass(Suppression);
