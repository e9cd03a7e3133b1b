import type { MessagingCore, MessagingPart } from '../core.js';
import { DeliveryResolver } from '../deliveries/delivery.resolver.js';
import { DeliveryService } from '../deliveries/delivery.service.js';
import { PreferenceResolver } from '../preferences/preference.resolver.js';
import { PreferenceService } from '../preferences/preference.service.js';
import { InboxLiveResolver, InboxResolver } from './inbox.resolver.js';
import { InboxService } from './inbox.service.js';
import { InboxLiveService } from './inbox-live.service.js';
import { NotificationResolver } from './notification.resolver.js';
import { NotificationTexts } from './notification-texts.js';
import { purgeNotificationsJob } from './purge-notifications.job.js';

/** Wires the inbox, what became of notifications elsewhere, and how people want to be told of them. */
export function createInbox({ tools, environment }: MessagingCore): MessagingPart {
  return {
    resolvers: [
      new InboxResolver(new InboxService()),
      new InboxLiveResolver(new InboxLiveService(tools.live)),
      new NotificationResolver(new NotificationTexts(tools.messages, environment.APP_URL)),
      new DeliveryResolver(new DeliveryService()),
      new PreferenceResolver(new PreferenceService(tools.messages)),
    ],
    jobs: [purgeNotificationsJob(tools.orm.em)],
  };
}
