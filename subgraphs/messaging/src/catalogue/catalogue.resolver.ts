import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { CatalogueService } from './catalogue.service.js';
import { NotificationKind, NotificationPreview, NotificationTypeEnum } from './catalogue.types.js';

/** Of what people may hear, in the graph. */
@Resolver()
export class CatalogueResolver {
  constructor(private readonly catalogue: CatalogueService) {}

  @SignedIn()
  @Query(() => [NotificationKind], {
    nullable: true,
    description: 'Every kind of notification, in the order in which settings should show them.',
  })
  notificationTypes(@Ctx() { locale }: RequestContext): NotificationKind[] {
    return this.catalogue.all(locale);
  }

  @Requires('messaging.notifications.send')
  @Query(() => [NotificationPreview], {
    nullable: true,
    description: 'What a kind of notification looks like: once for each way in which its texts differ.',
  })
  previewNotification(
    @Arg('type', () => NotificationTypeEnum, { description: 'Which kind.' }) type: string,
    @Arg('locale', () => String, {
      nullable: true,
      description: 'The language to write in, such as ru; your own without it, and English for one that there is not.',
    })
    locale: string | null | undefined,
    @Arg('timeZone', () => TimeZone, { nullable: true, description: 'Whose clock dates are for; UTC without it.' })
    timeZone: string | null | undefined,
    @Ctx() context: RequestContext,
  ): NotificationPreview[] {
    return this.catalogue.preview(type, { locale: locale ?? context.locale, timeZone: timeZone ?? 'UTC' });
  }
}
