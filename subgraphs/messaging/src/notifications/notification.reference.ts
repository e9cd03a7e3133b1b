import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { notificationsById } from './notification.repository.js';

/** A notification by reference: as by id. */
export const resolveNotification: ReferenceResolver = async ({ id }, context) => {
  const notification = await context.loader(notificationsById).load(id);
  if (!notification?.isInApp || notification.deletedAt) return null;
  return context.isUser(notification.userId) ? notification : null;
};
