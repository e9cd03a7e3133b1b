import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { notificationType } from '../catalogue/catalogue.js';
import { NotificationTypeEnum } from '../catalogue/catalogue.types.js';
import { UserReference } from '../people/user.types.js';
import type { Delivery } from './delivery.entity.js';
import type { DeliveryService } from './delivery.service.js';
import { NotificationDelivery, NotificationDeliveryConnection, NotificationDeliveryFilter } from './delivery.types.js';

/** What became of notifications. */
@Resolver(() => NotificationDelivery)
export class DeliveryResolver {
  constructor(private readonly deliveries: DeliveryService) {}

  @FieldResolver(() => UserReference, { nullable: true, description: 'Whom it is for; null when it was just removed.' })
  async user(@Root() delivery: Delivery, @Ctx() context: RequestContext): Promise<UserReference | null> {
    const about = await this.deliveries.about(context, delivery);
    return about && { id: about.userId };
  }

  @FieldResolver(() => NotificationTypeEnum, {
    nullable: true,
    description: 'What kind of notification; null for one that is not made any more.',
  })
  async type(@Root() delivery: Delivery, @Ctx() context: RequestContext): Promise<string | null> {
    const about = await this.deliveries.about(context, delivery);
    return about && notificationType(about.type) ? about.type : null;
  }

  @Requires('messaging.deliveries.read')
  @Query(() => NotificationDeliveryConnection, {
    nullable: true,
    description: "What became of everybody's notifications on each channel, the newest first; not what they say.",
  })
  notificationDeliveries(
    @Arg('filter', () => NotificationDeliveryFilter, { nullable: true, description: 'Which of them; all without it.' })
    filter: NotificationDeliveryFilter | null | undefined,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Delivery>> {
    return this.deliveries.list(context, filter, page);
  }
}
