import type { EntityManager } from '@mikro-orm/postgresql';
import { defineJob } from '@tutorgraph/kit/jobs/job';
import { z } from 'zod';
import { forgetUnusedWords, refreshQuality } from '../search/upkeep.repository.js';

const BATCH = 1_000;

/** Draws each day's newcomers, takes the rank of those who are verified no longer, and forgets words that nobody uses. */
export function refreshTutorRanksJob(em: EntityManager) {
  return defineJob({
    name: 'refresh-tutor-ranks',
    description:
      'Ranks newcomers anew and those whose verification is over, and forgets words of search that nobody uses.',
    payload: z.object({}),
    cron: '5 0 * * *',
    handler: async () => {
      const now = new Date();
      for (let after: string | undefined = ''; after !== undefined; ) {
        after = await refreshQuality(em.fork(), { after, most: BATCH, now });
      }
      for (let after: string | undefined = ''; after !== undefined; ) {
        after = await forgetUnusedWords(em.fork(), { after, most: BATCH });
      }
    },
  });
}
