import type { EntityManager } from '@mikro-orm/postgresql';
import { Notification } from './notification.entity.js';

/** Was somebody told something of this type about this thing? */
export async function hasBeenTold(em: EntityManager, userId: string, type: string, targetId: string): Promise<boolean> {
  return (await em.count(Notification, { userId, type, targetId })) > 0;
}
