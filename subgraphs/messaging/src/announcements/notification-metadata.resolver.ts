import { FieldResolver, Resolver, Root } from 'type-graphql';
import { InboxNotification } from '../notifications/inbox.types.js';
import type { Notification } from '../notifications/notification.entity.js';
import { metadataIn } from './announcement.rules.js';
import { MetadataEntry } from './announcement.types.js';

/** What staff's programs put into notifications. */
@Resolver(() => InboxNotification)
export class NotificationMetadataResolver {
  @FieldResolver(() => [MetadataEntry], {
    description: 'What the sender’s programs want to find again; empty for what staff did not send.',
  })
  metadata(@Root() { values }: Notification): MetadataEntry[] {
    return metadataIn(values);
  }
}
