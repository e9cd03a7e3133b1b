import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { deleteFollowedBefore } from './followed-change.repository.js';
import { OLDEST_CURSOR_DAYS } from './sync-cursor.js';

/** A day more than any cursor may be old. */
const KEPT_MS = (OLDEST_CURSOR_DAYS + 1) * 24 * 60 * 60 * 1_000;
const BATCH = 1_000;

/** Forgets changes of other rooms' things of which every device has heard that may go on from its cursor. */
export function purgeFollowedChangesJob(em: EntityManager) {
  return defineJob({
    name: 'purge-followed-changes',
    description: `Forgets changes of what other rooms keep that are older than ${OLDEST_CURSOR_DAYS} days.`,
    payload: z.object({}),
    cron: '20 3 * * 1',
    handler: async (_payload, { signal }) => {
      const before = new Date(Date.now() - KEPT_MS);
      let removed = BATCH;
      while (removed === BATCH) {
        signal.throwIfAborted();
        removed = await deleteFollowedBefore(em.fork(), before, BATCH);
      }
    },
  });
}
