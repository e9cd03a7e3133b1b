import type { EntityManager } from '@mikro-orm/postgresql';
import { Notification } from './notification.entity.js';

/** How many notifications of somebody are unread. */
export function countUnread(em: EntityManager, userId: string): Promise<number> {
  return em.count(Notification, { userId, readAt: null, deletedAt: null });
}
