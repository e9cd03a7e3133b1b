import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { notificationType } from '../catalogue/catalogue.js';
import { NotificationTypeEnum } from '../catalogue/catalogue.types.js';
import type { Delivery } from '../deliveries/delivery.entity.js';
import { deliveriesByNotification } from '../deliveries/delivery.repository.js';
import { NotificationDelivery } from '../deliveries/delivery.types.js';
import { InboxNotification, NotificationTarget } from './inbox.types.js';
import type { Notification } from './notification.entity.js';
import type { NotificationTexts } from './notification-texts.js';

/** A notification in the graph. */
@Resolver(() => InboxNotification)
export class NotificationResolver {
  constructor(private readonly texts: NotificationTexts) {}

  @FieldResolver(() => NotificationTypeEnum, {
    nullable: true,
    description: 'What kind; null for one that is not made any more.',
  })
  type(@Root() { type }: Notification): string | null {
    return notificationType(type) ? type : null;
  }

  @FieldResolver(() => String, {
    description: 'One line that says what happened, in your language; ready to be shown.',
  })
  title(@Root() notification: Notification, @Ctx() context: RequestContext): string {
    return this.texts.of(context, notification).title;
  }

  @FieldResolver(() => String, { description: 'What there is to know about it, in your language; may be empty.' })
  body(@Root() notification: Notification, @Ctx() context: RequestContext): string {
    return this.texts.of(context, notification).body;
  }

  @FieldResolver(() => Url, {
    nullable: true,
    description: 'Where it leads, as an address of the web app; null when nowhere. Apps go by `target`.',
  })
  url(@Root() notification: Notification): string | null {
    return this.texts.linkOf(notification);
  }

  @FieldResolver(() => NotificationTarget, { nullable: true, description: 'What it leads to; null when to nothing.' })
  target(@Root() { targetKind, targetId }: Notification): NotificationTarget | null {
    return targetKind && targetId ? { kind: targetKind, id: targetId } : null;
  }

  @FieldResolver(() => [NotificationDelivery], {
    description: 'On which channels it went to you, and how far it came.',
  })
  async deliveries(@Root() { id }: Notification, @Ctx() context: RequestContext): Promise<Delivery[]> {
    return context.loader(deliveriesByNotification).load(id);
  }
}
