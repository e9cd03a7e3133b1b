import type { MessagingCore, MessagingPart } from '../core.js';
import { People } from '../people/people.js';
import { AnnouncementResolver } from './announcement.resolver.js';
import { AnnouncementService } from './announcement.service.js';
import { Audiences } from './audiences.js';
import { NotificationMetadataResolver } from './notification-metadata.resolver.js';
import { sendAnnouncementJob } from './send-announcement.job.js';

/** Wires what staff sends. */
export function createAnnouncements({ tools, notifier }: MessagingCore): MessagingPart {
  const job = sendAnnouncementJob(tools.orm.em, new Audiences(tools.graph), notifier);
  const service = new AnnouncementService(new People(tools.graph), tools.live, job);
  return { resolvers: [new AnnouncementResolver(service), new NotificationMetadataResolver()], jobs: [job] };
}
