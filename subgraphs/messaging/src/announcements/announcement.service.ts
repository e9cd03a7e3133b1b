import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { MessagingErrorCode } from '../errors.js';
import { announcementChanged } from '../events.js';
import type { People } from '../people/people.js';
import { Announcement, type Audience } from './announcement.entity.js';
import { newAnnouncement, newMessage, type Sending } from './announcement.inputs.js';
import { announcementsById, findAnnouncements, lockAnnouncement } from './announcement.repository.js';
import { moveAnnouncement } from './announcement.transitions.js';
import type { SendAnnouncementJob } from './send-announcement.job.js';

/** May see and stop what others send, and send to more than single people. */
const SENDS_TO_ALL = 'messaging.announcements.send';

/** What staff sends to people. */
export class AnnouncementService {
  constructor(
    private readonly people: People,
    private readonly live: LiveStream,
    private readonly job: SendAnnouncementJob,
  ) {}

  /** Writes to single people. @throws Refusal INVALID_INPUT, PERSON_NOT_FOUND, CRITICAL_NOT_ALLOWED, IDEMPOTENCY_KEY_REUSED */
  async sendTo(context: RequestContext, input: unknown): Promise<{ announcement: Announcement }> {
    const { idempotencyKey: key, userIds, ...sending } = accept(newMessage, input, context.locale);
    refuseCritical(context, sending);
    await this.people.require(userIds, ['input', 'userIds']);
    return this.order(context, { userIds }, sending, { mutation: 'sendNotification', key });
  }

  /** Tells many. @throws Refusal INVALID_INPUT, IDEMPOTENCY_KEY_REUSED */
  async announce(context: RequestContext, input: unknown): Promise<{ announcement: Announcement }> {
    const { idempotencyKey: key, audience, ...sending } = accept(newAnnouncement, input, context.locale);
    return this.order(context, audience, sending, { mutation: 'sendAnnouncement', key });
  }

  /** Stops a sending; who has it keeps it. @throws Refusal NOT_FOUND, ANNOUNCEMENT_ENDED */
  async cancel(context: RequestContext, announcementId: string): Promise<{ announcement: Announcement }> {
    return transaction(context.em, async (tx) => {
      const announcement = await lockAnnouncement(tx, announcementId);
      const field = ['input', 'announcementId'];
      if (!announcement || !maySee(context, announcement)) throw new Refusal<MessagingErrorCode>('NOT_FOUND', field);
      // Twice is once.
      if (announcement.status === 'CANCELLED') return { announcement };
      if (!moveAnnouncement(tx, announcement, 'CANCELLED', new Date())) {
        throw new Refusal<MessagingErrorCode>('ANNOUNCEMENT_ENDED', field);
      }
      audit(tx, context, 'messaging.announcement.cancel', announcement);
      return { announcement };
    });
  }

  /** A sending; null when there is none that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Announcement | null> {
    const announcement = await context.loader(announcementsById).load(id);
    return announcement && maySee(context, announcement) ? announcement : null;
  }

  /** Sendings, the newest first: one's own, or all for who may send to all. */
  list(context: RequestContext, page: PageRequest): Promise<Connection<Announcement>> {
    return findAnnouncements(context.em, context.can(SENDS_TO_ALL) ? null : context.user.userId, page);
  }

  /** Progress of a sending. @throws FORBIDDEN */
  async watch(context: RequestContext, id: string, after?: string | null): Promise<AsyncIterable<LiveMessage>> {
    await this.watched(context, id);
    const types = [announcementChanged.type];
    return this.live.subscribe({ after, keys: [`announcement:${id}`], types, signal: context.signal });
  }

  /** The sending that a message is about. @throws FORBIDDEN when it is not for the viewer any longer */
  async changed(context: RequestContext, id: string, event: DomainEvent | null): Promise<Announcement | null> {
    const announcement = await this.watched(context, id);
    return event && announcement;
  }

  private async watched(context: RequestContext, id: string): Promise<Announcement> {
    context.require('messaging.notifications.send');
    const announcement = await this.find(context, id);
    if (!announcement) throw forbidden('Only who sent it may watch it');
    return announcement;
  }

  private order(
    context: RequestContext,
    audience: Audience,
    sending: Sending,
    { mutation, key }: { mutation: string; key: string | null | undefined },
  ): Promise<{ announcement: Announcement }> {
    const { userId: viewerId } = context.user;
    return transaction(context.em, (tx) =>
      once<{ announcement: Announcement }, { id: string }>(
        tx,
        { viewerId, mutation, key, input: { audience, ...sending } },
        {
          work: () => this.orderNow(context, tx, audience, sending),
          reference: ({ announcement: { id } }) => ({ id }),
          recall: async ({ id }) => ({ announcement: await tx.findOneOrFail(Announcement, { id }) }),
        },
      ),
    );
  }

  private async orderNow(
    context: RequestContext,
    tx: EntityManager,
    audience: Audience,
    sending: Sending,
  ): Promise<{ announcement: Announcement }> {
    const now = new Date();
    const announcement = tx.create(Announcement, {
      ...{ id: newId(), status: 'QUEUED', audience, ...sending, done: 0 },
      total: audience.userIds?.length ?? null,
      lastUserId: null,
      finishedAt: null,
      ...{ createdBy: context.user.userId, createdAt: now, updatedAt: now },
    });
    await tx.flush();
    await enqueue(tx, this.job, { id: announcement.id, after: null });
    recordEvent(tx, announcementChanged.create({ subject: announcement.id, data: {} }));
    audit(tx, context, 'messaging.announcement.send', announcement);
    return { announcement };
  }
}

function maySee(context: RequestContext, { createdBy }: Announcement): boolean {
  return context.isUser(createdBy) || context.can(SENDS_TO_ALL);
}

/** What ignores everybody's own choice is not for everybody who writes to people. */
function refuseCritical(context: RequestContext, { urgency }: Sending): void {
  if (urgency !== 'CRITICAL' || context.can(SENDS_TO_ALL)) return;
  throw new Refusal<MessagingErrorCode>('CRITICAL_NOT_ALLOWED', ['input', 'urgency']);
}

function audit(
  tx: EntityManager,
  context: RequestContext,
  action: 'messaging.announcement.send' | 'messaging.announcement.cancel',
  { id, audience }: Announcement,
): void {
  const [only, ...others] = audience.userIds ?? [];
  const userId = only && others.length === 0 ? only : null;
  recordStaffAction(tx, context, { action, resource: 'Announcement', resourceId: id, userId });
}
