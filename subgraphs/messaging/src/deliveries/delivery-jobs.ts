import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition, type JobRun } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import { type OutsideChannel, outsideChannels } from '../channels/channel.rules.js';
import type { NotificationChannel } from '../notifications/notification.rules.js';
import { channelsDue } from './delivery.repository.js';

/** Has deliveries of these channels looked for once the transaction has committed, or at a later time. */
export type WakeDeliveries = (
  tx: EntityManager,
  channels: readonly NotificationChannel[],
  startAfter?: Date,
) => Promise<void>;

/** Sends what is due on a channel. @returns when something is to be tried again, at the earliest; null when nothing is */
type SendDue = (channel: OutsideChannel, run: Pick<JobRun, 'signal' | 'logger'>) => Promise<Date | null>;

/** The jobs that send, and how to start them. */
export interface DeliveryJobs {
  jobs: readonly JobDefinition[];
  wake: WakeDeliveries;
}

/**
 * Deliveries wait in their table; a job of each channel sends what is due there, so that a slow mail server keeps no push
 * waiting. It is enqueued by what makes something due at once; another one looks each minute for what has become due (quiet
 * hours and digests that end, tries of a process that died).
 */
export function deliveryJobs(em: EntityManager, sendDue: SendDue): DeliveryJobs {
  const jobs = new Map<NotificationChannel, JobDefinition>();
  const wake: WakeDeliveries = async (tx, channels, startAfter) => {
    for (const channel of new Set(channels)) {
      const job = jobs.get(channel);
      if (job) await enqueue(tx, job, {}, startAfter ? { startAfter } : {});
    }
  };
  for (const channel of outsideChannels) {
    const job = defineJob({
      name: `deliver-${channel.toLowerCase()}`,
      description: `Sends the notifications that are due by ${channel}.`,
      payload: z.object({}),
      concurrency: 2,
      handler: async (_, run) => {
        const again = await sendDue(channel, run);
        if (again) await transaction(em, (tx) => wake(tx, [channel], again));
      },
    });
    jobs.set(channel, job);
  }
  const sweep = defineJob({
    name: 'sweep-deliveries',
    description: 'Starts the sending of notifications whose time has come.',
    payload: z.object({}),
    cron: '* * * * *',
    handler: async () => {
      const due = await channelsDue(em.fork(), new Date());
      if (due.length > 0) await transaction(em, (tx) => wake(tx, due));
    },
  });
  return { jobs: [...jobs.values(), sweep], wake };
}
