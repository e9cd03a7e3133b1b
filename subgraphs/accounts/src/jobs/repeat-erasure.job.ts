import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { accountErased } from '../events.js';

/** @see repeatErasureJob */
export type RepeatErasureJob = ReturnType<typeof repeatErasureJob>;

/**
 * Tells every room once more that somebody was erased, when none of their access tokens can be valid any longer: a request
 * that was on its way at the time may have written something after its room had erased. Erasing again harms nothing.
 */
export function repeatErasureJob(em: EntityManager) {
  return defineJob({
    name: 'repeat-erasure',
    description: 'Tells every room once more that somebody was erased, for what was written at the same moment.',
    payload: z.object({ userId: z.uuid() }),
    handler: ({ userId }) =>
      transaction(em, async (tx) => {
        recordEvent(tx, accountErased.create({ subject: userId, data: {} }));
      }),
  });
}
