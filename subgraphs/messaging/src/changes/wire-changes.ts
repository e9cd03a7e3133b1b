import type { MessagingCore, MessagingPart } from '../core.js';
import { followedConsumers } from './followed.consumers.js';
import { purgeFollowedChangesJob } from './purge-followed-changes.job.js';
import { keepEpoch } from './sync-epoch.js';

/** Wires what devices sync by. */
export function createChanges({ tools }: MessagingCore): MessagingPart {
  const { em } = tools.orm;
  return {
    resolvers: [],
    jobs: [purgeFollowedChangesJob(em)],
    consumers: followedConsumers(tools.graph),
    prepare: () => keepEpoch(em),
  };
}
