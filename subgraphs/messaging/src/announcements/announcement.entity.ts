import { defineEntity, p } from '@mikro-orm/core';
import {
  type NotificationChannel,
  notificationChannels,
  type Urgency,
  urgencies,
} from '../notifications/notification.rules.js';
import { type AnnouncementStatus, announcementStatuses } from './announcement.rules.js';

/** Whom a sending is for: exactly one of these. */
export interface Audience {
  userIds?: string[];
  role?: string;
  segment?: Record<string, string | number | boolean | null>;
  topic?: string;
}

const AnnouncementSchema = defineEntity({
  name: 'Announcement',
  tableName: 'announcements',
  indexes: [{ name: 'announcements_newest', properties: ['createdAt', 'id'] }],
  checks: [{ name: 'announcements_counts_check', expression: `done >= 0 and (total is null or total >= 0)` }],
  properties: {
    id: p.uuid().primary(),
    status: p.enum(announcementStatuses).$type<AnnouncementStatus>(),
    audience: p.json<Audience>(),
    /** Over which channels; those that a person has switched off are left out. */
    channels: p.enum(notificationChannels).array().columnType('text[]').$type<NotificationChannel>(),
    urgency: p.enum(urgencies).$type<Urgency>(),
    /** By language: `{ ru: { title, body }, en: { … } }`. */
    texts: p.json<Record<string, { title: string; body: string }>>(),
    /** Where it leads, if anywhere. */
    url: p.text().nullable(),
    /** What the sender's programs want to find again. */
    metadata: p.json<Record<string, unknown>>(),
    /** How many people it is for; null until they were counted. */
    total: p.integer().nullable(),
    done: p.integer().default(0),
    /** The last person who has it, in the order in which people are gone through. */
    lastUserId: p.uuid().nullable(),
    createdBy: p.uuid(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Something that staff sends to people, and how far it has come. */
export class Announcement extends AnnouncementSchema.class {}
AnnouncementSchema.setClass(Announcement);
