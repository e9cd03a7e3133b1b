import { awayMembersConsumer } from '../away-members/away-members.consumer.js';
import { tellAwayMembersJob } from '../away-members/tell-away-members.job.js';
import { notificationsConsumers } from '../consumers/notifications.consumer.js';
import type { MessagingCore, MessagingPart } from '../core.js';
import { linkToSettings } from '../notifications/link.rules.js';
import { notificationTypes } from './catalogue.js';
import { CatalogueResolver } from './catalogue.resolver.js';
import { CatalogueService } from './catalogue.service.js';

/** Wires what people are told of by itself. */
export function createCatalogue(core: MessagingCore): MessagingPart {
  const { tools, notifier } = core;
  const asking = { graph: tools.graph, em: tools.orm.em, notifier };
  const tellAwayMembers = tellAwayMembersJob(asking);
  const layout = { messages: tools.messages, settingsUrl: linkToSettings(core.environment.APP_URL) };
  return {
    resolvers: [new CatalogueResolver(new CatalogueService(layout))],
    consumers: [...notificationsConsumers(notificationTypes, asking), awayMembersConsumer(tellAwayMembers)],
    jobs: [tellAwayMembers],
  };
}
