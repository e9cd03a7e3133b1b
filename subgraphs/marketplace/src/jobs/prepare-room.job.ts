import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob, type JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import type { RoomState } from '../meetings/meeting.rules.js';
import { CLAIM_MS, type MeetingRooms } from '../meetings/meeting-rooms.js';

const payload = z.object({ id: z.uuid() });
const RETRIES = 6;

/** @see prepareRoomJob */
export type PrepareRoomJob = JobDefinition<typeof payload>;

/** Makes the video room of a lesson or an interview what that is now: there, at another time, or gone. */
export function prepareRoomJob<Row extends RoomState>(
  em: EntityManager,
  rooms: MeetingRooms<Row>,
  { name, description }: Pick<JobDefinition, 'name' | 'description'>,
): PrepareRoomJob {
  const job: PrepareRoomJob = defineJob({
    name,
    description,
    payload,
    // Over about twenty minutes; then there is a room that needs no provider.
    retries: RETRIES,
    retryDelaySeconds: 10,
    timeoutSeconds: CLAIM_MS / 1_000,
    concurrency: 2,
    handler: async ({ id }, { attempt, logger }) => {
      const settled = await rooms.settle(id, { isLastTry: attempt > RETRIES, logger });
      if (settled === 'DONE') return;
      const startAfter = new Date(Date.now() + CLAIM_MS);
      await transaction(em, (tx) => enqueue(tx, job, { id }, { startAfter }));
    },
  });
  return job;
}
