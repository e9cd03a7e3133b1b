import type { MessagingCore, MessagingPart } from '../core.js';
import {
  ChangesResolver,
  ChatRoomChangeResolver,
  FollowedChangeResolver,
  NotificationChangeResolver,
} from './changes.resolver.js';
import { ChangesService } from './changes.service.js';
import { followedConsumers } from './followed.consumers.js';
import { purgeFollowedChangesJob } from './purge-followed-changes.job.js';
import { keepEpoch } from './sync-epoch.js';

/** Wires what devices sync by. */
export function createChanges({ tools }: MessagingCore): MessagingPart {
  const { em } = tools.orm;
  const changes = new ChangesService();
  return {
    resolvers: [
      new ChangesResolver(changes),
      new ChatRoomChangeResolver(changes),
      new NotificationChangeResolver(changes),
      new FollowedChangeResolver(),
    ],
    jobs: [purgeFollowedChangesJob(em)],
    consumers: followedConsumers(tools.graph),
    prepare: () => keepEpoch(em),
  };
}
