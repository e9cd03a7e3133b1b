import { notificationsConsumers } from '../consumers/notifications.consumer.js';
import type { MessagingCore, MessagingPart } from '../core.js';
import { notificationTypes } from './catalogue.js';

/** Wires what people are told of by itself. */
export function createCatalogue({ tools, notifier }: MessagingCore): MessagingPart {
  return { resolvers: [], consumers: notificationsConsumers(notificationTypes, tools.graph, notifier) };
}
