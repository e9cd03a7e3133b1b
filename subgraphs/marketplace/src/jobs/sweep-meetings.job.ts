import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { z } from 'zod';
import { findUnpreparedLessons } from '../meetings/meeting.repository.js';
import type { PrepareRoomJob } from './prepare-room.job.js';

/** So many lessons a run, the nearest first; the next run goes on. */
const MOST = 1_000;
const BATCH = 100;

/**
 * Has the rooms of the next day's lessons looked after that are not as they must be: their job was lost or has given up, or
 * nobody was told of them. What the job finds in order it leaves alone.
 */
export function sweepMeetingsJob(em: EntityManager, prepare: PrepareRoomJob) {
  return defineJob({
    name: 'sweep-meetings',
    description:
      'Has a video room made or moved for every lesson of the next day that has none, or one of another time.',
    payload: z.object({}),
    cron: '*/10 * * * *',
    // The next run tries again.
    retries: 0,
    handler: async (_payload, { signal }) => {
      const ids = await findUnpreparedLessons(em.fork(), new Date(), MOST);
      for (let start = 0; start < ids.length; start += BATCH) {
        signal.throwIfAborted();
        await transaction(em, async (tx) => {
          for (const id of ids.slice(start, start + BATCH)) await enqueue(tx, prepare, { id });
        });
      }
    },
  });
}
