import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { notificationsById } from '../notifications/notification.repository.js';
import type { Delivery } from './delivery.entity.js';
import { type DeliverySelection, findDeliveries } from './delivery.repository.js';

/** What became of notifications, for support: never what they say. */
export class DeliveryService {
  /** A page of everybody's deliveries, the newest first. @throws BAD_USER_INPUT */
  list(
    { em }: RequestContext,
    selection: DeliverySelection | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Delivery>> {
    return findDeliveries(em, selection ?? {}, page);
  }

  /** Whom a delivery is for, and of what type; null when it was purged at this moment. */
  async about(context: RequestContext, { notificationId }: Delivery): Promise<{ userId: string; type: string } | null> {
    return context.loader(notificationsById).load(notificationId);
  }
}
