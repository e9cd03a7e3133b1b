import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { savedSearchMatched } from '../events.js';
import { matchChanges } from '../saved-searches/matching.repository.js';

/** Tutors at a time: each may begin to match thousands of searches. */
const BATCH = 20;

/** Tells of tutors who begin to match a saved search; however often one changes within a minute, once. */
export function matchSavedSearchesJob(em: EntityManager) {
  return defineJob({
    name: 'match-saved-searches',
    description: 'Compares tutors who have changed with saved searches and tells of new matches.',
    payload: z.object({}),
    cron: '* * * * *',
    handler: async (_payload, { signal }) => {
      let changes: number;
      do {
        changes = await matchSome(em);
      } while (changes === BATCH && !signal.aborted);
    },
  });
}

/** The matches and their events are one transaction: each is told of once or not at all. */
function matchSome(em: EntityManager): Promise<number> {
  return transaction(em, async (tx) => {
    const { changes, matches } = await matchChanges(tx, BATCH);
    for (const { searchId, userId, tutorId } of matches) {
      recordEvent(tx, savedSearchMatched.create({ subject: searchId, data: { userId, tutorId } }));
    }
    return changes;
  });
}
