import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { announcementChanged } from '../events.js';
import type { Announcement } from './announcement.entity.js';
import { type AnnouncementStatus, hasEnded, mayAnnouncementBecome } from './announcement.rules.js';

/**
 * Moves a sending on and tells it. Its row must be locked.
 *
 * @returns false, and changes nothing, when its transition table does not allow it
 */
export function moveAnnouncement(
  tx: EntityManager,
  announcement: Announcement,
  to: AnnouncementStatus,
  now: Date,
): boolean {
  if (!mayAnnouncementBecome(announcement.status, to)) return false;
  announcement.status = to;
  announcement.updatedAt = now;
  if (hasEnded(to)) announcement.finishedAt = now;
  recordEvent(tx, announcementChanged.create({ subject: announcement.id, data: {} }));
  return true;
}
