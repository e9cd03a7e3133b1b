import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/core';
import { type DigestMode, digestModes } from '../deliveries/delivery.rules.js';
import { type NotificationChannel, notificationChannels } from '../notifications/notification.rules.js';

const PreferenceSchema = defineEntity({
  name: 'Preference',
  tableName: 'preferences',
  properties: {
    userId: p.uuid().primary(),
    /** A name of the catalogue. */
    type: p.text().primary(),
    channel: p.enum(notificationChannels).$type<NotificationChannel>().primary(),
    enabled: p.boolean(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What somebody decided about one type on one channel; where there is none the catalogue's default holds. */
export class Preference extends PreferenceSchema.class {
  declare [PrimaryKeyProp]?: ['userId', 'type', 'channel'];
}
PreferenceSchema.setClass(Preference);

const QuietHoursSchema = defineEntity({
  name: 'QuietHours',
  tableName: 'quiet_hours',
  checks: [{ name: 'quiet_hours_not_empty', expression: `starts_at <> ends_at` }],
  properties: {
    userId: p.uuid().primary(),
    /** Local time of the person's zone, such as `22:00`; may be after `endsAt`: then it ends the next day. */
    startsAt: p.string().columnType('time'),
    endsAt: p.string().columnType('time'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** When somebody does not want to be disturbed. */
export class QuietHours extends QuietHoursSchema.class {}
QuietHoursSchema.setClass(QuietHours);

const ChannelDigestSchema = defineEntity({
  name: 'ChannelDigest',
  tableName: 'channel_digests',
  properties: {
    userId: p.uuid().primary(),
    channel: p.enum(notificationChannels).$type<NotificationChannel>().primary(),
    mode: p.enum(digestModes).$type<DigestMode>(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** How somebody wants messages of a channel that can wait. */
export class ChannelDigest extends ChannelDigestSchema.class {
  declare [PrimaryKeyProp]?: ['userId', 'channel'];
}
ChannelDigestSchema.setClass(ChannelDigest);
