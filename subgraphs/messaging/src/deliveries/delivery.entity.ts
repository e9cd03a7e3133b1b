import { defineEntity, p } from '@mikro-orm/core';
import { Notification } from '../notifications/notification.entity.js';
import { type NotificationChannel, notificationChannels } from '../notifications/notification.rules.js';
import { type DeliveryReason, type DeliveryStatus, deliveryStatuses } from './delivery.rules.js';
import { Digest } from './digest.entity.js';

const DeliverySchema = defineEntity({
  name: 'Delivery',
  tableName: 'deliveries',
  indexes: [
    { name: 'deliveries_newest', properties: ['createdAt', 'id'] },
    { name: 'deliveries_of_digest', properties: ['digestId'], where: `digest_id is not null` },
    {
      name: 'deliveries_waiting',
      properties: ['channel', 'priority', 'dueAt'],
      where: `status = 'QUEUED' and digest_id is null`,
    },
    {
      name: 'deliveries_by_provider_id',
      properties: ['providerMessageId'],
      where: `provider_message_id is not null`,
    },
  ],
  uniques: [{ name: 'deliveries_once', properties: ['notificationId', 'channel'] }],
  checks: [{ name: 'deliveries_attempts_range', expression: `attempts >= 0` }],
  properties: {
    id: p.uuid().primary(),
    notificationId: () => p.manyToOne(Notification).mapToPk().fieldName('notification_id').deleteRule('cascade'),
    channel: p.enum(notificationChannels).$type<NotificationChannel>(),
    status: p.enum(deliveryStatuses).$type<DeliveryStatus>(),
    /** Why it failed or was suppressed, or is tried again. */
    reason: p.text().$type<DeliveryReason>().nullable(),
    attempts: p.integer().default(0),
    /** Of those that are due the lower go first. */
    priority: p.smallint().default(2),
    /** Not before this time: quiet hours, a digest, or the next try. */
    dueAt: p.datetime().columnType('timestamptz'),
    digestId: () => p.manyToOne(Digest).mapToPk().fieldName('digest_id').nullable().deleteRule('set null'),
    /** What the provider calls the message, by which it reports on it. */
    providerMessageId: p.text().nullable(),
    sentAt: p.datetime().columnType('timestamptz').nullable(),
    deliveredAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A notification on its way over one channel. */
export class Delivery extends DeliverySchema.class {}
DeliverySchema.setClass(Delivery);
