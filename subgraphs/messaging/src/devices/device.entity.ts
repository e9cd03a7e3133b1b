import { defineEntity, p } from '@mikro-orm/core';
import { type DevicePlatform, devicePlatforms } from './device.rules.js';

const DeviceSchema = defineEntity({
  name: 'Device',
  tableName: 'devices',
  indexes: [
    { name: 'devices_of_user', properties: ['userId'] },
    { name: 'devices_of_session', properties: ['sessionId'] },
    { name: 'devices_oldest', properties: ['lastSeenAt'] },
    { name: 'devices_of_topics', expression: 'create index devices_of_topics on messaging.devices using gin (topics)' },
  ],
  // Whoever signs in on a device last gets its pushes.
  uniques: [{ name: 'devices_token_unique', properties: ['tokenHash'] }],
  checks: [
    {
      name: 'devices_keys_check',
      expression: `case platform when 'WEB' then p256dh is not null and auth is not null else p256dh is null and auth is null end`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    /** The session by which it was registered last: its end ends the pushes. */
    sessionId: p.uuid(),
    platform: p.enum(devicePlatforms).$type<DevicePlatform>(),
    /** Firebase's registration token, or the address of a Web Push subscription. */
    token: p.text(),
    /** SHA-256 of the token, for it may be too long for an index. */
    tokenHash: p.text(),
    /** Public key and secret of a Web Push subscription. */
    p256dh: p.text().nullable(),
    auth: p.text().nullable(),
    /** Push topics that it listens to. */
    topics: p.array().columnType('text[]').$type<string[]>().defaultRaw(`'{}'`),
    createdAt: p.datetime().columnType('timestamptz'),
    lastSeenAt: p.datetime().columnType('timestamptz'),
  },
});

/** An app or browser that takes pushes. */
export class Device extends DeviceSchema.class {}
DeviceSchema.setClass(Device);
