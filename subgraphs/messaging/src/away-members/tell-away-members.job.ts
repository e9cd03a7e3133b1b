import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import type { Asking } from '../consumers/notifications.consumer.js';
import { AWAY_MS, tellAwayMembers } from './tell-away-members.js';

const payload = z.object({ roomId: z.uuid() });

/** @see tellAwayMembersJob */
export type TellAwayMembersJob = JobDefinition<typeof payload>;

/** Tells who is away of the messages in a room, and looks again while somebody may be. */
export function tellAwayMembersJob(asking: Asking): TellAwayMembersJob {
  const job: TellAwayMembersJob = defineJob({
    name: 'tell-away-members',
    description: 'Tells members of a chat room who are away that messages wait for them.',
    payload,
    concurrency: 2,
    handler: async ({ roomId }) => {
      const now = new Date();
      if (!(await tellAwayMembers(asking, roomId, now))) return;
      const startAfter = new Date(now.getTime() + AWAY_MS);
      await transaction(asking.em, (tx) => enqueue(tx, job, { roomId }, { startAfter }));
    },
  });
  return job;
}
