import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import type { NewNotification } from '../notifications/new-notification.js';
import type { Notifier } from '../notifications/notify.js';
import { Announcement } from './announcement.entity.js';
import { lockAnnouncement } from './announcement.repository.js';
import { hasEnded, valuesOf } from './announcement.rules.js';
import { moveAnnouncement } from './announcement.transitions.js';
import type { Addressee, Audiences } from './audiences.js';

/** How many people one batch tells. */
const BATCH = 500;
/** About a day of trying before a sending is given up. */
const RETRIES = 30;

const payload = z.object({
  id: z.uuid(),
  /** The last person who has it; null at the beginning. */
  after: z.uuid().nullable(),
});

/** What sends a batch. */
export type SendAnnouncementJob = ReturnType<typeof sendAnnouncementJob>;

/**
 * Tells the next people of a sending. Notifications, progress and the job of the next batch commit together: wherever a
 * process is stopped, another one goes on behind the last person who has it, and a batch that is worked twice finds that
 * the sending is further already.
 */
export function sendAnnouncementJob(em: EntityManager, audiences: Audiences, notifier: Notifier) {
  const job = defineJob({
    name: 'send-announcement',
    description: `Tells the next ${BATCH} people of what staff sends.`,
    payload,
    retries: RETRIES,
    // Who was stopped half way is followed soon.
    timeoutSeconds: 60,
    handler: async ({ id, after }, { attempt }) => {
      try {
        await sendBatch({ id, after });
      } catch (error) {
        if (attempt > RETRIES) await giveUp(em, id);
        throw error;
      }
    },
  });

  async function sendBatch({ id, after }: z.output<typeof payload>): Promise<void> {
    const found = await em.fork().findOne(Announcement, { id });
    if (!found || hasEnded(found.status) || (found.lastUserId ?? null) !== after) return;
    const total = found.total ?? (await audiences.size(em.fork(), found.audience));
    const page = await audiences.after(em.fork(), found.audience, after, BATCH);
    await transaction(em, async (tx) => {
      const sending = await lockAnnouncement(tx, id);
      if (!sending || hasEnded(sending.status) || (sending.lastUserId ?? null) !== after) return;
      const now = new Date();
      await notifier.notify(tx, notificationsOf(sending, page.addressees), now);
      sending.done += page.gone;
      sending.total = Math.max(total, sending.done);
      sending.lastUserId = page.lastUserId ?? after;
      if (page.hasMore) {
        moveAnnouncement(tx, sending, 'SENDING', now);
        await enqueue(tx, job, { id, after: sending.lastUserId });
      } else {
        sending.total = sending.done;
        moveAnnouncement(tx, sending, 'SENT', now);
      }
    });
  }

  return job;
}

async function giveUp(em: EntityManager, id: string): Promise<void> {
  await transaction(em, async (tx) => {
    const sending = await lockAnnouncement(tx, id);
    if (sending) moveAnnouncement(tx, sending, 'FAILED', new Date());
  });
}

function notificationsOf(sending: Announcement, addressees: readonly Addressee[]): NewNotification[] {
  // What single people are told they may switch off apart from what everybody is told.
  const type = sending.audience.userIds ? 'STAFF_MESSAGE' : 'ANNOUNCEMENT';
  const { id: sourceId, urgency, channels } = sending;
  const values = valuesOf({ ...sending, url: sending.url ?? null });
  return addressees.map(({ userId, timeZone }) => ({
    ...{ userId, timeZone, type, sourceId, urgency, channels, values },
    target: null,
    isForced: true,
  }));
}
