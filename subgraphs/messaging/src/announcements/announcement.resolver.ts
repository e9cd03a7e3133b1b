import type { LiveMessage } from '@tutorgraph/kit/events/live-stream';
import { Requires } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { MessagingError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { Announcement } from './announcement.entity.js';
import {
  CancelAnnouncementInput,
  CancelAnnouncementPayload,
  SendAnnouncementInput,
  SendAnnouncementPayload,
  SendNotificationInput,
  SendNotificationPayload,
} from './announcement.payloads.js';
import type { AnnouncementService } from './announcement.service.js';
import { shapeAudience, shapeMetadata, shapeProgress, shapeTexts } from './announcement.shapes.js';
import {
  AnnouncementAudience,
  AnnouncementChangedEvent,
  AnnouncementConnection,
  AnnouncementProgress,
  AnnouncementTextType,
  AnnouncementType,
  MetadataEntry,
} from './announcement.types.js';

interface Start {
  args: { id: string; after?: string | null };
  context: RequestContext;
}

/** What staff sends, in the graph. */
@Resolver(() => AnnouncementType)
export class AnnouncementResolver {
  constructor(readonly service: AnnouncementService) {}

  @FieldResolver(() => AnnouncementAudience, { description: 'For whom it is.' })
  audience(@Root() { audience }: Announcement): AnnouncementAudience {
    return shapeAudience(audience);
  }

  @FieldResolver(() => [AnnouncementTextType], { description: 'What it says, once for each language.' })
  texts(@Root() { texts }: Announcement): AnnouncementTextType[] {
    return shapeTexts(texts);
  }

  @FieldResolver(() => [MetadataEntry], { description: 'What the sender’s programs want to find again.' })
  metadata(@Root() { metadata }: Announcement): MetadataEntry[] {
    return shapeMetadata(metadata);
  }

  @FieldResolver(() => AnnouncementProgress, { description: 'How far it has come.' })
  progress(@Root() announcement: Announcement): AnnouncementProgress {
    return shapeProgress(announcement);
  }

  @FieldResolver(() => UserReference, { description: 'Who sent it.' })
  createdBy(@Root() { createdBy }: Announcement): UserReference {
    return { id: createdBy };
  }

  @Requires('messaging.notifications.send')
  @Query(() => AnnouncementType, {
    nullable: true,
    description:
      'Something that staff sends, by id: your own, or any if you may send announcements; null when there is none.',
  })
  announcement(
    @Arg('id', () => ID, { description: 'Identity of the sending.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Announcement | null> {
    return this.service.find(context, id);
  }

  @Requires('messaging.notifications.send')
  @Query(() => AnnouncementConnection, {
    nullable: true,
    description: 'What staff has sent, the newest first: your own, or all if you may send announcements.',
  })
  announcements(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Announcement>> {
    return this.service.list(context, page);
  }

  @Requires('messaging.notifications.send')
  @Limited({ viewer: { points: 60, seconds: 60 * 60 } })
  @Mutation(() => SendNotificationPayload, {
    nullable: true,
    description:
      'Writes to single people, for staff. It is on its way when this answers: `progress` and `announcementChanged` tell how far. Nobody gets it twice.',
  })
  sendNotification(
    @Arg('input', () => SendNotificationInput, { description: 'What, to whom, and over which channels.' })
    input: SendNotificationInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.service.sendTo(context, input));
  }

  @Requires('messaging.announcements.send')
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => SendAnnouncementPayload, {
    nullable: true,
    description:
      'Tells something to everybody of a role, of a segment or who listens to a push topic. It is on its way when this answers: `progress` and `announcementChanged` tell how far. Nobody gets it twice.',
  })
  sendAnnouncement(
    @Arg('input', () => SendAnnouncementInput, { description: 'What, to whom, and over which channels.' })
    input: SendAnnouncementInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.service.announce(context, input));
  }

  @Requires('messaging.notifications.send')
  @Mutation(() => CancelAnnouncementPayload, {
    nullable: true,
    description: 'Stops something that staff sends; who has it by then keeps it. Stopping it twice is no failure.',
  })
  cancelAnnouncement(
    @Arg('input', () => CancelAnnouncementInput, { description: 'Which one.' }) input: CancelAnnouncementInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, () => this.service.cancel(context, input.announcementId));
  }

  @Requires('messaging.notifications.send')
  @Subscription(() => AnnouncementChangedEvent, {
    nullable: true,
    description: 'How far something has come that staff sends: your own, or any if you may send announcements.',
    subscribe: ({ args, context }: Start) =>
      context.resolver(AnnouncementResolver).service.watch(context, args.id, args.after),
  })
  async announcementChanged(
    @Root() { cursor, event }: LiveMessage,
    @Arg('id', () => ID, { description: 'Identity of the sending.' }) id: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last message that you have, to go on behind it; from now on without it.',
    })
    _after: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return { cursor, announcement: await this.service.changed(context, id, event) };
  }
}
